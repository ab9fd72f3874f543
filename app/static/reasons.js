/* The bank of reasons beside a verdict: a tick (Alt+1…9, pressed by desk.js) puts one into the text. Without this file the server adds what is ticked. */
"use strict";

const ENOUGH = 0.8; // as the server counts: so many of the words, in their order
const wordsOf = text => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) || [];
const plain = text => text.toLowerCase().split(/\s+/).filter(Boolean).join(" ");

function stillSaid(reason, text) {
  const wanted = wordsOf(reason), row = new Array(wanted.length + 1).fill(0);
  for (const word of wordsOf(text)) {
    let diagonal = 0;
    wanted.forEach((one, n) => {
      const above = row[n + 1];
      row[n + 1] = word === one ? diagonal + 1 : Math.max(above, row[n]);
      diagonal = above;
    });
  }
  return row[wanted.length] >= ENOUGH * wanted.length;
}

for (const set of all("[data-reasons]")) {
  const area = byId(set.dataset.reasons), boxes = all("input[type=checkbox]", set);

  const say = text => {
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true })); // who counts or saves what is typed hears of it
  };

  /* At the cursor while the person writes, else at the end; with the blank it needs on either side. */
  const insert = text => {
    const place = document.activeElement === area ? area.selectionEnd : area.value.length;
    const before = area.value.slice(0, place), after = area.value.slice(place);
    const start = before && !/\s$/.test(before) ? `${before} ` : before;
    say(start + text + (after && !/^\s/.test(after) ? ` ${after}` : after));
    area.focus();
    area.setSelectionRange(start.length + text.length, start.length + text.length);
  };

  const remove = text => {
    const place = area.value.indexOf(text);
    if (place < 0) return;
    const left = area.value.slice(0, place).replace(/[ \t]+$/, ""), right = area.value.slice(place + text.length).replace(/^[ \t]+/, "");
    say(left && right && !/\n$/.test(left) ? `${left} ${right}` : left + right);
  };

  const turn = box => {
    if (!box.checked) remove(box.dataset.text);
    else if (!stillSaid(box.dataset.text, area.value)) insert(box.dataset.text);
  };

  /* What is no longer said is not counted; what is typed word for word is. */
  area.addEventListener("input", () => {
    for (const box of boxes) {
      box.checked = box.checked ? stillSaid(box.dataset.text, area.value) : plain(area.value).includes(plain(box.dataset.text));
    }
  });

  boxes.forEach(box => box.addEventListener("change", () => turn(box)));
}
