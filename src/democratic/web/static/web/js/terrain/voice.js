// A voice, where the phone can record: two minutes at most, in the first form that both it and the server know.
const FORMS = ["audio/webm;codecs=opus", "audio/webm", "audio/ogg;codecs=opus", "audio/mp4"];
const LONGEST = 120_000; // milliseconds
const BITS = 32_000; // a second: half a megabyte for two minutes

const form = () => globalThis.MediaRecorder && FORMS.find((each) => MediaRecorder.isTypeSupported(each));

export const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && form());

// Resolves once the microphone is open; `stop()` resolves with { type, bytes }. `onEnd` is told when time is up.
export const record = async (onEnd) => {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream, { mimeType: form(), audioBitsPerSecond: BITS });
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const ended = new Promise((resolve) => { recorder.onstop = resolve; });
  const timer = setTimeout(onEnd, LONGEST);
  recorder.start();
  const stop = async () => {
    clearTimeout(timer);
    if (recorder.state !== "inactive") recorder.stop();
    await ended;
    for (const track of stream.getTracks()) track.stop();
    const type = recorder.mimeType.split(";")[0];
    return { type, bytes: await new Blob(parts).arrayBuffer() };
  };
  return { stop };
};
