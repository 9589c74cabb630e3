// <p data-bookmark="field-id" hidden><a>: the link to drag to the bookmarks bar. Its address is set here and not in the page,
// and a click explains instead of running it: the page's policy would refuse that.
export function start(places) {
  for (const place of places) {
    const link = place.querySelector("a");
    const said = place.querySelector("[role=status]");
    link.href = document.getElementById(place.dataset.bookmark).value;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      said.textContent = "It works from the bookmarks bar, on another page.";
    });
    place.hidden = false;
  }
}
