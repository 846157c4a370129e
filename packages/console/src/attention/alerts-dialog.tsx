import { Switch } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../dialog/dialog.tsx';
import { usePreference } from '../preferences/preferences.ts';
import { words } from '../strings/words.ts';
import { playSound } from './sound.ts';
import './alerts-dialog.css';

/** How this device draws attention; nothing of it is on until somebody wants it. */
export function AlertsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Dialog opened={opened} onClose={onClose} title={words.alerts.title}>
      <p>{words.alerts.lead}</p>
      <div className="alerts">
        <SoundSwitch />
        <DesktopSwitch />
      </div>
    </Dialog>
  );
}

function SoundSwitch() {
  const [on, setOn] = usePreference('sounds');
  const change = (wanted: boolean) => {
    setOn(wanted);
    if (wanted) playSound();
  };
  return (
    <Switch
      label={words.alerts.sound}
      description={words.alerts.soundHint}
      checked={on}
      onChange={(event) => change(event.currentTarget.checked)}
    />
  );
}

/** The browser asks once; what was refused there can only be allowed there. */
function DesktopSwitch() {
  const [on, setOn] = usePreference('desktop-notifications');
  const [refused, setRefused] = useState(false);
  const supported = 'Notification' in window;
  const change = async (wanted: boolean) => {
    const allowed = !wanted || (await Notification.requestPermission()) === 'granted';
    setRefused(!allowed);
    setOn(wanted && allowed);
  };
  return (
    <Switch
      label={words.alerts.desktop}
      description={supported ? words.alerts.desktopHint : words.alerts.unsupported}
      error={refused ? words.alerts.refused : null}
      disabled={!supported}
      checked={on}
      onChange={(event) => void change(event.currentTarget.checked)}
    />
  );
}
