/* Ticks of the page "Siap salin" without leaving the place: the same form is sent, the server draws the mark anew. */
"use strict";

for (const form of all("form[data-ticks]")) {
  const draw = (id, html) => {
    const fresh = Object.assign(document.createElement("template"), { innerHTML: html }).content.firstElementChild;
    byId(id).replaceWith(fresh);
    return fresh;
  };

  /* Whatever is not an answer to a tick (signed out, refused, no line) is left to the browser, which shows it. */
  const plainly = button => {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
    form.submit();
  };

  form.addEventListener("submit", async event => {
    const button = event.submitter, fields = new FormData(form);
    event.preventDefault();
    if (!button || button.disabled) return;
    fields.append(button.name, button.value);
    button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "application/json" } });
      const said = await answer.json();
      if (!answer.ok) return plainly(button);
      draw("kemajuan", said.progress);
      draw(`tanda-${button.value.split(" ")[0]}`, said.mark).querySelector("button")?.focus();
    } catch {
      plainly(button);
    }
  });
}
