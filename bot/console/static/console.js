// What is nicer with script; everything works without it.
"use strict";
// Where a page has no place for it, what went wrong stands on its top, until the next request goes through.
function tell(text) {
  let status = document.getElementById("status");
  if (!status && text) {
    status = document.createElement("p");
    status.id = "status";
    status.setAttribute("role", "status");
    document.getElementById("main").prepend(status);
  }
  if (status) {
    status.textContent = text;
    status.classList.toggle("fault", Boolean(text));
  }
}
document.addEventListener("htmx:responseError", (event) => {
  tell(`That did not work (${event.detail.xhr.status}). Reload the page and try again.`);
});
document.addEventListener("htmx:sendError", () => {
  tell("The console cannot be reached. Try again in a moment.");
});
document.addEventListener("htmx:afterOnLoad", (event) => {
  if (event.detail.successful !== false) tell("");
});
