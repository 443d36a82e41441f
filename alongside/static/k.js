// Passkeys: asks the desk what to ask, asks the device, and sends what it says with the form, as a.js
// sends every form. Without scripts, or on a device without passkeys, nothing of it shows, and a code does it.
const form = document.querySelector("form[data-ask]");
const button = form?.querySelector("button[value=passkey]");
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
const say = (name) => {
  const all = [...form.querySelectorAll("[data-fault]")];
  for (const one of all) one.hidden = true;
  if (!name) return;
  const one = all.find((one) => one.dataset.fault === name) ?? all.at(-1);
  one.hidden = false;
  one.focus();
};
async function asked() {
  // At the door the form's secret goes along and nothing else: what is asked does not depend on who asks.
  const body = new URLSearchParams("whole" in form.dataset ? new FormData(form) : []);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("move", "ask");
  const answer = await fetch(form.dataset.ask, { method: "POST", body, signal: AbortSignal.timeout(20000) });
  if (/\/(e\/|down)$/.test(answer.url)) throw new Error(); // what was typed stays
  if (!answer.headers.get("Content-Type").includes("json")) return location.assign(answer.url);
  const options = await answer.json();
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const one of options.excludeCredentials ?? []) one.id = bytes(one.id);
  return options;
}
async function said() {
  const publicKey = await asked();
  if (!publicKey) return "";
  const { credentials } = navigator;
  const given = await (publicKey.user ? credentials.create({ publicKey }) : credentials.get({ publicKey }));
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature"])
    if (given.response[name]) response[name] = text(given.response[name]);
  const id = text(given.rawId);
  return JSON.stringify({ id, rawId: id, type: given.type, response });
}
if (button && window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkeys]")) part.hidden = !part.hidden;
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-busy")) return;
    const empty = ["name", "passphrase"].map((name) => form.elements[name]).find((field) => !field.value.trim());
    if (empty) return empty.focus();
    say();
    button.setAttribute("aria-busy", "true");
    const passkey = await said().catch((error) => say(error.name));
    button.removeAttribute("aria-busy");
    if (!passkey) return;
    form.elements.passkey.value = passkey;
    form.requestSubmit(button);
  });
}
