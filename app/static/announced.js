/* An announcement is put away without leaving the page: what was typed below stays where it is. */
"use strict";

for (const form of all("[data-told] form")) {
  form.addEventListener("submit", async event => {
    event.preventDefault();
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
      if (!answer.ok) return form.submit();
      const told = form.closest("[data-told]"), around = told.parentElement;
      told.remove();
      if (!around.children.length) around.remove();
      byId("isi").focus();
    } catch {
      form.submit();
    }
  });
}
