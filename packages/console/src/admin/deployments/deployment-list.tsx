import { adminWords } from '../../strings/admin/admin-words.ts';
import { ObjectList } from '../list/object-list.tsx';
import { DeploymentSign } from './deployment-sign.tsx';

const { deployments: w } = adminWords;

export function DeploymentList() {
  return (
    <ObjectList
      section="deployments"
      describe={({ object }) =>
        object.allowAllDomains ? w.allDomains : object.allowedDomains.join(', ')
      }
      columns={[
        {
          name: w.status,
          value: null,
          cell: ({ object }) => <DeploymentSign status={object.status} />,
        },
        { name: w.configuration, value: null, cell: ({ object }) => object.configuration },
        { name: w.workstream, value: null, cell: ({ object }) => object.workstream },
      ]}
    />
  );
}
