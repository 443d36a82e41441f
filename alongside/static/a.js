// Only makes things safer: leaving hides the page at once and replaces it, so that Back does not
// return to it; Escape pressed twice leaves too. Forms are sent from here, because a browser keeps
// what a form of its own held on the disk when the connection drops.
const way = document.querySelector("a.leave");
let away = false, busy = false, last = 0;
if (way) {
  const go = () => { away = document.documentElement.hidden = true; location.replace(way.href); };
  way.addEventListener("click", (event) => { event.preventDefault(); go(); });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - last < 1000) go();
    last = event.timeStamp;
  });
}
const said = document.getElementById("offline");
if (said) addEventListener("submit", async (event) => {
  const form = event.target, pressed = event.submitter;
  if (!pressed || form.method !== "post") return; // an old browser sends it as it does
  event.preventDefault();
  if (busy) return;
  busy = said.hidden = true;
  try {
    const body = new URLSearchParams(new FormData(form));
    if (pressed.name) body.set(pressed.name, pressed.value);
    const page = await fetch(form.action, { method: "POST", body });
    if (!page.ok || !page.redirected || /\/(e\/|down)$/.test(page.url)) throw page;
    if (!away) location.assign(page.url);
  } catch {
    pressed.parentNode.after(said);
    busy = said.hidden = false;
    said.scrollIntoView({ block: "nearest" });
  }
});
