// The preview's own script: loads the page again once its file has changed, and says what keeps it from being built.
"use strict";

const seen = document.currentScript.dataset.seen;
const address = `/_preview/changes?seen=${seen}&page=${encodeURIComponent(location.pathname)}`;
let changes = null;

function listen() {
  hangUp();
  changes = new EventSource(address);
  changes.addEventListener("changed", () => location.reload());
  changes.addEventListener("build", (event) => say(event.data));
}

function hangUp() {
  if (changes) changes.close();
}

function say(message) {
  let bar = document.getElementById("build-error");
  if (!message) {
    if (bar) bar.remove();
    return;
  }
  if (!bar) {
    bar = document.createElement("div");
    bar.id = "build-error";
    bar.setAttribute("role", "alert");
    document.body.prepend(bar);
  }
  if (bar.textContent !== message) bar.textContent = message;
}

// A browser keeps few connections to one host: a page that nobody sees gives its own back.
document.addEventListener("visibilitychange", () => (document.hidden ? hangUp() : listen()));
addEventListener("pagehide", hangUp);
addEventListener("pageshow", (event) => event.persisted && listen());
if (!document.hidden) listen();
