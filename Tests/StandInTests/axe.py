#!/usr/bin/env python3
"""Walks the demo's page in Chromium, without script, and has axe look at each page: light and dark, wide and at 320 px.
The same of the page over keys, as its golden files have it, which is printed, too.

Usage: axe.py KEYUSHER-STANDIN [FOLDER-FOR-PICTURES]
"""
import os, pathlib, re, shutil, subprocess, sys, tempfile, urllib.parse

CHROMIUM = "/usr/bin/chromium"
for tool in [CHROMIUM, "pdftotext"]:
    if not shutil.which(tool):
        print(f"not tested: {tool} is missing")
        sys.exit(os.environ.get("KEYUSHER_TEST_ALL") == "1")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

program, pictures = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
faults, looked = [], 0


def look(page, name):
    global looked
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name}: wider than the window"
    if pictures:
        page.screenshot(path=f"{pictures}/{name}-{page.viewport_size['width']}.png", full_page=True)
    results = Axe().run(page)
    looked += 1
    for violation in results.response["violations"]:
        faults.append(f"{name}: {violation['id']}: {violation['help']}: {[node['html'] for node in violation['nodes']]}")


def go(page, act):
    """Does what leads to another page, and waits until that one is there."""
    with page.expect_navigation():
        act()


def walk(page, root, name):
    page.goto(root)
    if page.title().startswith("Log in"):
        look(page, f"{name}-login")
        page.get_by_label("Name").fill("demo")
        page.get_by_label("Password").fill("wrong")
        go(page, lambda: page.keyboard.press("Enter"))
        look(page, f"{name}-refused")
        page.get_by_label("Name").fill("demo")
        page.get_by_label("Password").fill("play-money")
        go(page, lambda: page.get_by_role("button", name="Log in").click())
    go(page, lambda: page.get_by_role("link", name="Create API key").click())
    look(page, f"{name}-new")
    page.get_by_label("Remark").fill(f"bot-{name}")
    page.get_by_label("Account: read only").check()
    page.get_by_label("Spot: read and write").check()
    go(page, lambda: page.get_by_role("button", name="Submit").click())
    look(page, f"{name}-confirm")
    page.get_by_label("2FA code").fill(re.search(r"supplies it: (\d{6})", page.inner_text("main"))[1])
    go(page, lambda: page.get_by_role("button", name="Confirm").click())
    look(page, f"{name}-secret")
    secret = re.search(r"demo-secret-[0-9a-f]{52}", page.inner_text("main"))[0]
    page.reload()
    assert secret not in page.content(), "the secret was shown twice"
    look(page, f"{name}-key")
    go(page, lambda: page.get_by_role("link", name="Back to the list of keys").click())
    look(page, f"{name}-keys")


def print_out(page, name):
    """Prints a page on A4: each of its words is there, and nothing stands beyond the edge."""
    page.emulate_media(media="print")
    # 210 mm without the margins, at 96 dots an inch.
    page.set_viewport_size({"width": round((210 - 2 * 17) / 25.4 * 96), "height": 800})
    beyond = page.evaluate("""[...document.querySelectorAll('body *')].filter(one =>
        one.getBoundingClientRect().right > innerWidth + 1 || one.scrollWidth > one.clientWidth + 1 &&
        getComputedStyle(one).display != 'inline').map(one => one.outerHTML.slice(0, 80))""")
    assert not beyond, f"{name}: beyond the edge of the paper: {beyond}"
    with tempfile.TemporaryDirectory() as folder:
        path = f"{pictures or folder}/{name}.pdf"
        page.pdf(path=path, prefer_css_page_size=True)
        pages = len(re.findall(rb"/Type\s*/Page\b", pathlib.Path(path).read_bytes()))
        text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True, text=True).stdout
    assert pages, f"{name}: no page was printed"
    printed = "".join(text.split())
    lost = [word for word in page.inner_text("body").split() if word not in printed]
    assert not lost, f"{name}: not on the paper: {lost}"
    return pages


def look_over_keys(browser):
    """Looks at the page over keys, with keys and without; returns how many pages it has on paper."""
    pages = 0
    for file in ["keys", "keys-none"]:
        address = (pathlib.Path(__file__).parents[1] / f"ExportsTests/Goldens/{file}.html").resolve().as_uri()
        for name, scheme, width in LOOKS:
            context = browser.new_context(
                color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True)
            page = context.new_page()
            asked = []
            page.on("request", lambda request: asked.append(request.url))
            page.goto(address)
            look(page, f"{name}-{file}")
            assert asked == [address], f"the page loads something: {asked}"
        pages += print_out(page, file)
        # As people have it its policy refuses nothing that stands in it.
        page = browser.new_context().new_page()
        page.on("console", lambda message: faults.append(f"{file}: {message.text}"))
        page.goto(address)
    return pages


LOOKS = [("light", "light", 1000), ("dark", "dark", 1000), ("small", "dark", 320)]
server = subprocess.Popen([program, "demo"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
try:
    root = [server.stdout.readline(), server.stdout.readline()][1].split()[1]
    host = urllib.parse.urlsplit(root).netloc
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, scheme, width in LOOKS:
            # axe itself is a script: the page's own policy keeps scripts out of it.
            context = browser.new_context(
                color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True)
            page = context.new_page()
            asked = []
            page.on("request", lambda request: asked.append(urllib.parse.urlsplit(request.url).netloc))
            walk(page, root, name)
            assert set(asked) == {host}, f"the page asks others: {set(asked)}"
        # And as people have it: with its policy, and without script.
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(root)
        go(page, lambda: page.get_by_role("link", name="Create API key").click())
        page.get_by_label("Remark").fill("bot-plain")
        go(page, lambda: page.get_by_role("button", name="Submit").click())
        assert page.get_by_role("heading", name="Confirm with 2FA").is_visible()
        printed = look_over_keys(browser)
        browser.close()
finally:
    server.stdin.close()
    server.wait(10)
print("\n".join(faults) or f"axe finds nothing on {looked} pages; {printed} pages on paper")
sys.exit(bool(faults))
