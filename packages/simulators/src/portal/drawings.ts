/**
 * The products' drawings, 240 × 150. Colours come from classes in `styles/`: `body` and `side` are the
 * product's tone, so that they follow light and dark.
 */
export const DRAWINGS = {
  tunnel: `<path class="ground" d="M14 124h212"/>
    <path class="side" d="M84 124c2-50 26-78 56-82 40 6 64 38 68 82Z"/>
    <path class="body" d="M32 124c0-52 22-80 54-80 30 0 54 28 56 80Z"/>
    <path class="opening" d="M60 124c0-34 10-52 26-52s28 18 28 52Z"/>
    <path class="line" d="M86 72v52M32 124l-16-6m192 6 16-6M140 42c30 14 42 40 44 82"/>`,
  pyramid: `<path class="ground" d="M14 124h212"/>
    <path class="body" d="M40 124 112 38q8-8 16 0l72 86Z"/>
    <path class="side" d="M120 34q4 0 8 4l72 86h-44Z"/>
    <path class="opening" d="m92 124 26-58 22 58Z"/>
    <path class="line" d="m116 34-6-14m18 18 10-13M40 124 22 118m178 6 18-6M118 66v58"/>`,
  dome: `<path class="ground" d="M14 124h212"/>
    <path class="body" d="M28 124c4-54 42-88 92-88s88 34 92 88Z"/>
    <path class="side" d="M120 36c50 0 88 34 92 88h-46c-2-40-18-72-46-88Z"/>
    <path class="opening" d="M84 124c2-30 12-50 32-58 20 10 28 30 30 58Z"/>
    <path class="line" d="M120 36C92 52 74 84 72 124M120 36c28 16 44 48 46 88M28 124l-14-5m198 5 14-5M116 66v58"/>`,
  boot: `<path class="ground" d="M14 130h212"/>
    <path class="body" d="M78 26h52q4 0 4 4l2 40q1 8 9 11l34 13q17 7 17 22H70q-4-50 4-86 1-4 4-4Z"/>
    <path class="side" d="M70 100h122q4 8 4 16H70Z"/>
    <path class="sole" d="M66 116h134v6q0 8-8 8h-28l-6-4h-28l-6 4H74q-8 0-8-8Z"/>
    <path class="line" d="m134 44-22 4m23 10-22 5m26 9-22 7m34 2-20 12M76 38h56"/>`,
  shoe: `<path class="ground" d="M14 130h212"/>
    <path class="body" d="M66 66q2-6 8-4 16 8 38 0 6-2 10 3 12 16 26 22l34 10q16 6 18 20H62q-6-26 4-51Z"/>
    <path class="side" d="M60 102h136q4 6 4 14H62q-2-8-2-14Z"/>
    <path class="sole" d="M56 116h148v4q0 10-10 10H66q-10 0-10-10Z"/>
    <path class="line" d="m126 70-16 10m26 0-16 10m28-2-14 10M70 74q20 6 40-2"/>`,
  winter: `<path class="ground" d="M14 130h212"/>
    <path class="body" d="M76 34h62l2 40q1 8 9 11l30 11q17 7 17 20H70q-4-46 6-82Z"/>
    <path class="side" d="M70 96h120q6 8 6 20H70Z"/>
    <path class="wool" d="M78 18h56q8 0 8 8t-8 8H78q-8 0-8-8t8-8Z"/>
    <path class="sole" d="M66 116h134v6q0 8-8 8H74q-8 0-8-8Z"/>
    <path class="line" d="m138 48-22 4m23 10-22 5m26 9-22 7M84 116v12m22-12v12m22-12v12m22-12v12m22-12v12"/>`,
  pack: `<path class="ground" d="M14 132h212"/>
    <path class="side" d="M74 70q-16 4-16 20v24q0 10 10 10h104q10 0 10-10V90q0-16-16-20Z"/>
    <path class="body" d="M84 130q-10 0-10-10V58q0-36 46-36t46 36v62q0 10-10 10Z"/>
    <path class="opening" d="M88 88h64v26q0 8-8 8H96q-8 0-8-8Z"/>
    <path class="line" d="M108 22v-6q0-6 6-6h12q6 0 6 6v6M78 54q42 18 84 0M120 60v18m-7-9h14M88 98h64"/>`,
  trek: `<path class="ground" d="M14 138h212"/>
    <path class="side" d="M80 12h80q10 0 10 11t-10 11H80q-10 0-10-11t10-11Zm-8 64q-10 2-10 14v32q0 8 8 8h100q8 0 8-8V90q0-12-10-14Z"/>
    <path class="body" d="M86 136q-10 0-10-10V40q0-8 8-8h72q8 0 8 8v86q0 10-10 10Z"/>
    <path class="opening" d="M90 92h60v28q0 8-8 8H98q-8 0-8-8Z"/>
    <path class="line" d="M96 12v22m48-22v22M76 52h88M98 40v40m44-40v40M90 102h60"/>`,
  hip: `<path class="ground" d="M14 122h212"/>
    <path class="strap" d="M66 86C34 82 24 62 22 44m152 42c32-4 42-24 44-42"/>
    <path class="body" d="M76 54h88q22 0 22 24 0 42-40 42H94q-40 0-40-42 0-24 22-24Z"/>
    <path class="side" d="M56 88h128q-6 32-38 32H94q-32 0-38-32Z"/>
    <path class="line" d="M64 70q56 14 112 0M120 76v10M84 104h72"/>`,
} as const;

export type Drawing = keyof typeof DRAWINGS;
