// npm run pack: the packages that a site installs, as JavaScript with types, in dist/packages/*.tgz.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install, node, root, run } from './install.mjs';

const PACKED = ['site-kit', 'page-kit', 'transport'];

install();
const out = join(root, 'dist', 'packages');
rmSync(out, { recursive: true, force: true });
for (const name of PACKED) pack(name);

function pack(name) {
  const source = join(root, 'packages', name);
  const folder = join(out, name);
  mkdirSync(folder, { recursive: true });
  const project = join(folder, 'tsconfig.json');
  writeFileSync(project, JSON.stringify(projectOf(source, folder)));
  succeed(node, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', project]);
  rmSync(project);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifestOf(source), null, 2));
  writeFileSync(join(folder, 'LICENSE'), readFileSync(join(root, 'LICENSE')));
  succeed('npm', ['pack', folder, '--pack-destination', out, '--silent']);
}

function projectOf(source, folder) {
  return {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      lib: ['esnext', 'dom', 'dom.iterable'],
      target: 'es2022',
      typeRoots: [join(root, 'node_modules', '@types')],
      noEmit: false,
      declaration: true,
      rewriteRelativeImportExtensions: true,
      rootDir: join(source, 'src'),
      outDir: folder,
    },
    include: [join(source, 'src')],
    exclude: [join(source, 'src/**/*.test.ts')],
  };
}

/** `./src/react.ts` in the repository is `./react.js` in the package. */
function manifestOf(source) {
  const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const { private: _, scripts, devDependencies, exports, bin, ...rest } = manifest;
  const built = (path, ending) => path.replace('./src/', './').replace(/\.ts$/, ending);
  const paths = Object.entries(exports).map(([name, path]) => [
    name,
    { types: built(path, '.d.ts'), default: built(path, '.js') },
  ]);
  return { ...rest, exports: Object.fromEntries(paths), ...(bin && { bin: built(bin, '.js') }) };
}

function succeed(command, args) {
  const code = run(command, args);
  if (code !== 0) process.exit(code);
}
