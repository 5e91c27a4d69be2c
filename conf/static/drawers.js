// On narrow screens the theme keeps the menu and the contents in drawers, and opens them by labels,
// which take no focus. Here they become buttons, so that a keyboard can use them, too.
const seen = (elements) => [...elements].find((element) => element.checkVisibility());

for (const [box, name, place] of [["__navigation", "Menu", ".sidebar-drawer"], ["__toc", "On this page", ".toc-drawer"]]) {
  const toggle = document.getElementById(box);
  const drawer = document.querySelector(place);
  const buttons = [...document.querySelectorAll(`.page label[for="${box}"]`)];

  const tell = () => buttons.forEach((button) => button.setAttribute("aria-expanded", toggle.checked));
  const turn = (open) => {
    toggle.checked = open;
    tell();
  };

  for (const button of buttons) {
    button.setAttribute("role", "button");
    button.setAttribute("aria-label", name);
    button.tabIndex = 0;
    button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      turn(!toggle.checked);
      if (toggle.checked) seen(drawer.querySelectorAll("a, input")).focus();
    });
  }
  drawer.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !toggle.checked) return;
    turn(false);
    seen(buttons).focus();
  });
  // What is behind an open drawer can't be seen.
  drawer.addEventListener("focusout", ({ relatedTarget: next }) => {
    if (next && !drawer.contains(next) && !buttons.includes(next)) turn(false);
  });
  drawer.addEventListener("click", ({ target }) => target.closest("a") && turn(false));
  toggle.addEventListener("change", tell);
  tell();
}
