/** Two soft tones, made on the spot: nothing is downloaded. */
const TONES_HZ = [660, 880];
const TONE_S = 0.14;
const LOUDNESS = 0.08;

let audio: AudioContext | null = null;

/** Browsers let a page sound only after somebody has clicked or typed in it; before, this is silent. */
export function playSound(): void {
  audio ??= new AudioContext();
  const context = audio;
  for (const [index, hertz] of TONES_HZ.entries()) {
    playTone(context, hertz, context.currentTime + index * TONE_S);
  }
}

function playTone(context: AudioContext, hertz: number, at: number): void {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
  volume.gain.linearRampToValueAtTime(0, at + TONE_S);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + TONE_S);
}
