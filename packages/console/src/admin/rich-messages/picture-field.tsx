import { Button, FileButton, Input } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useField } from '../object/form-context.ts';
import { pictureAddress, pictureTypes, readPicture } from './read-picture.ts';

const { richMessages: w } = adminWords;

/** A picture that goes within the message; its limits are said before one chooses. */
export function PictureField({ path }: { path: string }) {
  const { id, value, set, error } = useField(path, w.picture);
  const [refusal, setRefusal] = useState<string | null>(null);
  const address = pictureAddress(value);
  const take = async (file: File | null) => {
    if (!file) return;
    const picture = await readPicture(file);
    if (typeof picture === 'string') setRefusal(w.pictureRefused[picture]);
    else {
      setRefusal(null);
      set(picture);
    }
  };
  return (
    <Input.Wrapper
      labelElement="div"
      label={`${w.picture} (${adminWords.fields.optional})`}
      description={w.pictureHint}
      error={refusal ?? error}
    >
      <div className="picture-field">
        {address ? <img src={address} alt={w.pictureNow} /> : null}
        <FileButton accept={pictureTypes.join()} onChange={(file) => void take(file)}>
          {(props) => (
            <Button
              {...props}
              id={id}
              variant="default"
              leftSection={<IconPhoto size={16} stroke={1.5} aria-hidden />}
            >
              {address ? w.otherPicture : w.choosePicture}
            </Button>
          )}
        </FileButton>
        {address ? (
          <Button variant="subtle" onClick={() => set(undefined)}>
            {w.removePicture}
          </Button>
        ) : null}
      </div>
    </Input.Wrapper>
  );
}
