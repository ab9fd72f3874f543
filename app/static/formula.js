/* Lumbung Inovasi: the level follows the figures while they are typed. The server counts; without this file its button does. After app.js. */
"use strict";

{
const form = document.querySelector("form[data-formula]");
const result = form?.querySelector("[data-result]");
let timer = null, counting = null;

/* What the server makes of the figures, in the page it would answer with. */
async function count() {
  counting?.abort();
  const { signal } = counting = new AbortController(), body = new FormData(form);
  body.set("hitung", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body, signal, headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return; // signed out, or gone: saving says so
    show(new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("form[data-formula]"));
  } catch { /* no connection, or a newer figure: the button stays */ }
}

function show(counted) {
  if (!counted) return;
  const words = counted.querySelector("[data-result]");
  if (words.innerHTML !== result.innerHTML) result.replaceChildren(...words.childNodes);
  for (const radio of all("input[name=level]", counted)) form.querySelector(`input[name=level][value="${radio.value}"]`).checked = radio.checked;
  for (const note of all("[data-level-note]", counted)) form.querySelector(`[data-level-note="${note.dataset.levelNote}"]`).textContent = note.textContent;
  form.elements.suggested.value = counted.elements.suggested.value;
}

const counts = element => element.matches("#angka input, input[name=level]");

form?.addEventListener("input", event => {
  if (!counts(event.target)) return;
  clearTimeout(timer);
  timer = setTimeout(count, 500);
});
form?.addEventListener("submit", () => { clearTimeout(timer); counting?.abort(); });
}
