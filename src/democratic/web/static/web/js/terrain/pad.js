// A signature drawn with a finger, a pen or a mouse, in ink on white. Who draws none signs with her name alone.
const INK = "#1a1a1a", PAPER = "#ffffff", QUALITY = 0.82;

export const padOn = (canvas) => {
  const pen = canvas.getContext("2d");
  let isDrawn = false;

  const clear = () => {
    pen.fillStyle = PAPER;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    isDrawn = false;
  };
  const at = ({ clientX, clientY }) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return [((clientX - left) * canvas.width) / width, ((clientY - top) * canvas.height) / height];
  };

  Object.assign(pen, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: INK });
  clear();
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    pen.lineTo(...at(event));
    pen.stroke();
    isDrawn = true;
  });

  return {
    clear,
    // Null when nothing was drawn.
    async drawing() {
      if (!isDrawn) return null;
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
      return { type: "image/jpeg", bytes: await blob.arrayBuffer() };
    },
  };
};
