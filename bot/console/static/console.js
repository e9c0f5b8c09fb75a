// What is nicer with script; everything works without it.
"use strict";
document.addEventListener("htmx:responseError", (event) => {
  const status = document.getElementById("status");
  if (status) status.textContent = `That did not work (${event.detail.xhr.status}). Reload the page and try again.`;
});
document.addEventListener("htmx:sendError", () => {
  const status = document.getElementById("status");
  if (status) status.textContent = "The console cannot be reached. Try again in a moment.";
});
