// Only makes leaving quicker: the page is replaced, so that Back does not return to it.
// Escape pressed twice leaves too.
const way = document.querySelector("a.leave");
if (way) {
  const go = () => location.replace(way.href);
  way.addEventListener("click", (event) => { event.preventDefault(); go(); });
  let last = 0;
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - last < 1000) go();
    last = event.timeStamp;
  });
}
