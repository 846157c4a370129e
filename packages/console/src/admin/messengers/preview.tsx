import { SegmentedControl, Select } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { textsOf } from '../fields/texts-of.ts';
import { useForm, useValue } from '../object/form-context.ts';

const { messengers: w } = adminWords;

const devices = ['desktop', 'phone'] as const;
const scenes = ['signed-in', 'guest', 'survey', 'ended'] as const;

/** The real panel in a frame of this node, drawn anew with every change; it sends and keeps nothing. */
export function Preview() {
  const [device, setDevice] = useState<(typeof devices)[number]>('desktop');
  const [scene, setScene] = useState<(typeof scenes)[number]>('signed-in');
  const languages = textsOf(useValue('languages'));
  const [chosen, setLanguage] = useState<string | null>(null);
  const language = chosen !== null && languages.includes(chosen) ? chosen : (languages[0] ?? 'en');
  return (
    <section className="screen-card preview" aria-labelledby="preview-title">
      <header>
        <h2 id="preview-title">{w.preview}</h2>
        <p className="secondary">{w.previewLead}</p>
      </header>
      <SegmentedControl
        aria-label={w.device}
        value={device}
        onChange={(name) => setDevice(devices.find((known) => known === name) ?? device)}
        data={devices.map((value) => ({ value, label: w.devices[value] }))}
      />
      <div className="preview-choices">
        <Select
          label={w.scene}
          value={scene}
          onChange={(name) => setScene(scenes.find((known) => known === name) ?? scene)}
          data={scenes.map((value) => ({ value, label: w.scenes[value] }))}
          allowDeselect={false}
        />
        <Select
          label={w.language}
          value={language}
          onChange={setLanguage}
          data={languages.length > 0 ? languages : ['en']}
          allowDeselect={false}
        />
      </div>
      <PreviewFrame device={device} scene={scene} language={language} />
    </section>
  );
}

interface FrameProps {
  device: (typeof devices)[number];
  scene: (typeof scenes)[number];
  language: string;
}

function PreviewFrame({ device, scene, language }: FrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const { object } = useForm();
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const hear = ({ source, origin, data }: MessageEvent<unknown>) => {
      if (source !== frame.current?.contentWindow || origin !== location.origin) return;
      if (data === 'ready') setReady(true);
    };
    addEventListener('message', hear);
    return () => removeEventListener('message', hear);
  }, []);
  useEffect(() => {
    if (!ready) return;
    frame.current?.contentWindow?.postMessage({ object, scene, language }, location.origin);
  }, [ready, object, scene, language]);
  return (
    <div className={`preview-device preview-${device}`}>
      <iframe ref={frame} src="/messenger/preview/" title={w.previewFrame} />
    </div>
  );
}
