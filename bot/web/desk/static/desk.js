// Keys, focus, and care for unsaved words. Every act works without this file.
"use strict";

const one = (selector, within = document) => within.querySelector(selector);
const isTyping = (element) => element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

// Whoever speaks to the computer may not want single keys (WCAG 2.1.4): they can be turned off, and stay so.
const areOn = () => localStorage.getItem("keys") !== "off";
const turner = one("#keys-on");
if (turner) {
  turner.checked = areOn();
  turner.addEventListener("change", () => localStorage.setItem("keys", turner.checked ? "on" : "off"));
}

// Keys press what is marked with them, wherever nobody is typing.
const ARROWS = { ArrowRight: "j", ArrowLeft: "k" };
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
  if (isTyping(event.target)) return;
  const open = one("dialog[open]");
  if (event.key === "?" && one("#keys") && areOn()) return open ? open.close() : one("#keys").showModal();
  if (open) return;
  if (!areOn()) return;
  const key = ARROWS[event.key] ?? event.key;
  const target = /^[a-z]$/.test(key) && one(`[data-key="${key}"]`);
  if (!target) return;
  event.preventDefault();
  const must = [...(target.form?.elements ?? [])].find((field) => field.required && !field.checked);
  (must ?? target).focus();
  if (!must) target.click();
});

// What only a script can do is offered only by a script.
for (const opener of document.querySelectorAll("[data-opens]")) {
  const dialog = document.getElementById(opener.dataset.opens);
  opener.hidden = !dialog;
  opener.addEventListener("click", () => dialog.showModal());
}

// A form is sent once. Its button stays enabled, so that its name and value go along.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-disabled", "true");
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
});

// Words that are not saved are not lost without a question.
const guarded = one("form[data-guard]");
if (guarded) {
  const byHand = ([name]) => !["seen", "at"].includes(name); // the page's own notes are no words of a person's
  const fields = () => [...new FormData(guarded)].filter(byHand);
  const written = () => JSON.stringify(fields().map(([name, value]) => [name, value.name ?? value]));
  const before = guarded.dataset.guard === "unsaved" ? "" : written();
  addEventListener("beforeunload", (event) => {
    if (!guarded.dataset.sent && written() !== before) event.preventDefault();
  });
}

// A picture that is being made: what is chosen is shown at once, what is typed after a breath.
const writing = one("#writing");
if (writing) {
  let breath;
  const told = new Map();
  const show = () => {
    clearTimeout(breath);
    one(".preview").scrollTop = 0; // the picture first
    writing.dispatchEvent(new Event("try"));
  };
  const about = (picture) => [...picture.querySelectorAll(".about input")];

  // The part of the photo to keep in view: one of the nine, or a point between them.
  const aim = (crop, at) => {
    const between = one(".between input", crop);
    const known = [...crop.querySelectorAll("input")].find((one) => one !== between && one.value === at);
    (known ?? between).checked = true;
    if (known) return;
    between.disabled = between.parentElement.hidden = false;
    between.value = at;
    const [x, y] = at.split(" ");
    const mark = one(".mark", crop);
    mark.removeAttribute("hidden");
    mark.firstElementChild.setAttribute("cx", x);
    mark.firstElementChild.setAttribute("cy", y);
  };

  // What is told of a photo is told of that one only; it comes back with it.
  const another = (picture, shot) => {
    const of = one("[name^=of-]", picture);
    const crop = one(".crop", picture);
    told.set(of.value, [one("input:checked", crop).value, ...about(picture).map((field) => field.value)]);
    const [at, ...facts] = told.get(shot.value) ?? [""];
    about(picture).forEach((field, n) => (field.value = facts[n] ?? ""));
    of.value = shot.value;
    aim(crop, at);
    crop.hidden = one(".about", picture).hidden = !shot.value;
    if (shot.dataset.large) one(".pad img", picture).src = shot.dataset.large;
  };

  const look = (picture) => {
    if (picture) writing.elements.at.value = picture.dataset.number;
  };
  writing.addEventListener("input", ({ target }) => {
    if (target.type === "file") return;
    const picture = target.closest(".picture");
    look(picture);
    clearTimeout(breath);
    if (target.type !== "radio") return (breath = setTimeout(show, 250));
    if (target.name.startsWith("photo-")) another(picture, target);
    show();
  });
  writing.addEventListener("click", (event) => {
    const pad = event.target.closest(".pad");
    if (!pad || event.target.matches("input")) return;
    event.preventDefault();
    const box = pad.getBoundingClientRect();
    const share = (at, from, size) => `${Math.round(100 * Math.min(1, Math.max(0, (at - from) / size)))}%`;
    aim(pad.closest(".crop"), `${share(event.clientX, box.x, box.width)} ${share(event.clientY, box.y, box.height)}`);
    look(pad.closest(".picture"));
    show();
  });
  const opened = ({ target }) => {
    if (!target.matches("details.picture[open]") || writing.elements.at.value === target.dataset.number) return;
    look(target);
    show();
  };
  writing.addEventListener("toggle", opened, true);
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (target.matches(".photo")) show();
  });
}

// After an act, the eye and the ear begin at what it did; on the way through the posts, at the title.
const came = document.referrer.startsWith(location.origin + "/posts/") && location.pathname.startsWith("/posts/");
const begin = one("[role=alert]") ?? one("#said") ?? (came ? one("h1") : null);
if (begin && !location.hash) {
  begin.tabIndex = -1;
  begin.focus({ preventScroll: true });
}
