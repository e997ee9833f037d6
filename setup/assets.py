"""Builds what browsers load — style, typeface, icons, scripts, map — into prasan/web/static/built.

    python setup/assets.py          builds what is out of date
    python setup/assets.py --force  builds anyway

Needs `npm ci` to have run, and the runtime requirements; no node.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
WEB = ROOT / "prasan" / "web"
SOURCE = WEB / "static" / "src"
BUILT = WEB / "static" / "built"

FACES = {400: "400Regular/Sarabun_400Regular.ttf", 600: "600SemiBold/Sarabun_600SemiBold.ttf"}
# Latin with accents, Thai, and the punctuation and signs that Thai office text uses
CHARACTERS = "20-7E,A0-FF,0E00-0E7F,2010-2015,2018-201E,2022,2026,2032,2033,2190-2193,2212,2260,2264,2265"

# Families of Bootstrap that no page of Prasan uses; leaving them out makes the style sheet a third smaller
UNUSED = re.compile(
    r"\.(carousel|modal|offcanvas|toast|tooltip|bs-tooltip|popover|bs-popover|accordion|spinner|placeholder|navbar|"
    r"dropdown|dropup|dropend|dropstart|btn-close|btn-toolbar|nav-pills|form-floating|form-range|ratio|figure|"
    r"blockquote|g[xy]?-|offset-|order-|col-(?:xxl|xl)|row-cols|list-group-horizontal|vstack|sticky-(?:sm|md|lg|xl|xxl)|"
    r"(?:float|object-fit|link-(?:primary|success|info|light|dark|offset|underline|opacity)|text-bg|bg-opacity|"
    r"border-opacity|text-opacity|focus-ring|icon-link|rounded-(?:top|bottom|start|end)|"
    r"z-|btn-(?:info|light|dark|warning|success|outline-(?:info|light|dark|warning|success))))"
)
ICON_USES = {
    "*.html": re.compile(r"""(?:\{%\s*icon\s+|\bpicture=)["']([a-z0-9-]+)["']"""),
    "*.py": re.compile(r"""\bicon\s*(?::\s*str\s*)?=\s*["']([a-z0-9-]+)["']"""),
}
Files = dict[str, bytes]


def main(arguments: list[str]) -> int:
    """Build into a fresh folder and put it in the place of the old one; 0 when all is well."""
    if not PACKAGES.is_dir():
        print("setup/assets.py: node_modules is missing; run `npm ci` first", file=sys.stderr)
        return 1
    stamp = _stamp()
    if "--force" not in arguments and (BUILT / "stamp").is_file() and (BUILT / "stamp").read_text() == stamp:
        return 0
    files = {
        "prasan.css": _style_sheet(),
        "icons.svg": _sprite(),
        "provinces.json": _outlines(),
        **_faces(),
        **_scripts(),
    }
    with tempfile.TemporaryDirectory(dir=BUILT.parent) as folder:
        staged, finished = Path(folder, "staged"), Path(folder, "built")
        for name, content in files.items():
            (staged / name).parent.mkdir(parents=True, exist_ok=True)
            (staged / name).write_bytes(content)
        _collect(staged, finished)
        (finished / "stamp").write_text(stamp)
        finished.chmod(0o755)
        if BUILT.exists():
            BUILT.rename(Path(folder, "old"))
        finished.rename(BUILT)
    return 0


def used_icons() -> set[str]:
    """The icons that templates and code name: `{% icon "house" %}`, `icon="house"`."""
    return {
        name
        for pattern, use in ICON_USES.items()
        for path in sorted((ROOT / "prasan").rglob(pattern))
        for name in use.findall(path.read_text("utf-8"))
    }


def _stamp() -> str:
    digest = hashlib.sha256()
    for path in [
        *sorted((ROOT / "setup").glob("*.py")),
        ROOT / "package-lock.json",
        *sorted(SOURCE.rglob("*.*")),
    ]:
        digest.update(path.name.encode() + path.read_bytes())
    digest.update(" ".join(sorted(used_icons())).encode())
    return digest.hexdigest()


def _style_sheet() -> bytes:
    bootstrap = (PACKAGES / "bootstrap/dist/css/bootstrap.min.css").read_text("utf-8")
    bootstrap = re.sub(r"/\*# source.*?\*/", "", bootstrap)
    ours = "".join(path.read_text("utf-8") for path in sorted((SOURCE / "css").glob("*.css")))
    return "".join(_follow_the_device(_rules(_smaller(bootstrap) + _minified(ours)))).encode()


def _minified(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};,>])\s*", r"\1", css).replace(";}", "}").strip()


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """The rules of a minified sheet in order, as (what stands before the brace, what stands inside)."""
    at = 0
    while at < len(css):
        brace = css.find("{", at)
        if brace < 0:
            break
        semicolon = css.find(";", at, brace)
        if css.startswith("@", at) and semicolon >= 0:  # @charset and the like have no braces
            yield css[at : semicolon + 1], ""
            at = semicolon + 1
            continue
        depth, end = 1, brace + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        yield css[at:brace], css[brace + 1 : end - 1]
        at = end


def _written(selector: str, body: str) -> str:
    return f"{selector}{{{body}}}" if body else selector if selector.endswith(";") else ""


def _smaller(css: str) -> str:
    """The sheet without the families that nothing uses."""
    kept = []
    for selector, body in _rules(css):
        if selector.startswith("@media"):
            body = _smaller(body)
        elif selector.startswith("@keyframes"):
            pass
        elif body:
            selector = ",".join(
                part for part in _parts(selector) if not UNUSED.search(re.sub(r":not\(.*?\)", "", part))
            )
            body = body if selector else ""
        kept.append(_written(selector, body))
    return "".join(kept)


def _parts(selector: str) -> list[str]:
    """A selector list cut at its commas, but not inside brackets as in :not(a,b)."""
    return re.findall(r"(?:\([^()]*(?:\([^()]*\))*[^()]*\)|[^,(])+", selector)


def _follow_the_device(rules: Iterator[tuple[str, str]]) -> Iterator[str]:
    """The rules, and each dark one once more for pages that follow the device's own preference."""
    dark = "[data-bs-theme=dark]"
    for selector, body in rules:
        yield _written(selector, body)
        if dark in selector:
            chosen = ",".join(part for part in _parts(selector) if dark in part)
            followed = chosen.replace(dark, "[data-bs-theme=auto]")
            yield _written("@media (prefers-color-scheme:dark)", _written(followed, body))


def _sprite() -> bytes:
    symbols = []
    for name in sorted(used_icons()):
        path = PACKAGES / "bootstrap-icons/icons" / f"{name}.svg"
        if not path.is_file():
            raise SystemExit(f"setup/assets.py: there is no icon called {name}")
        drawing = re.search(r"<svg[^>]*>(.*)</svg>", path.read_text("utf-8"), re.S)
        inside = re.sub(r">\s+<", "><", drawing[1].strip()) if drawing else ""
        symbols.append(f'<symbol id="{name}" viewBox="0 0 16 16" fill="currentColor">{inside}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'.encode()


def _faces() -> Files:
    """Sarabun cut to the characters that pages show."""
    from fontTools import subset

    made = {}
    for weight, face in FACES.items():
        options = subset.Options(flavor="woff2", layout_features=["*"], hinting=False)
        font = subset.load_font(str(PACKAGES / "@expo-google-fonts/sarabun" / face), options)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=subset.parse_unicodes(CHARACTERS))
        cutter.subset(font)
        cut = io.BytesIO()
        subset.save_font(font, cut, options)
        made[f"sarabun-{weight}.woff2"] = cut.getvalue()
    return made


def _scripts() -> Files:
    import django_htmx

    htmx = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
    maplibre = PACKAGES / "maplibre-gl/dist"
    made = {
        path.relative_to(SOURCE).as_posix(): path.read_bytes()
        for path in sorted(SOURCE.rglob("*.*"))
        if path.suffix != ".css"
    }
    made["htmx.js"] = htmx.read_bytes()
    made["maplibre.css"] = (maplibre / "maplibre-gl.css").read_bytes()
    for name in ("maplibre-gl.mjs", "maplibre-gl-worker.mjs"):
        made[name] = re.sub(rb"\n//# sourceMappingURL=.*", b"", (maplibre / name).read_bytes())
    return made


def _outlines() -> bytes:
    from outlines import province_outlines

    return json.dumps(province_outlines(PACKAGES / "@svg-maps/thailand"), separators=(",", ":")).encode()


def _collect(staged: Path, finished: Path) -> None:
    """Copy under names that carry a hash of the content, with gzip and Brotli twins and a manifest."""
    from django.conf import settings
    from django.core.management import call_command

    settings.configure(
        INSTALLED_APPS=["django.contrib.staticfiles"],
        STATICFILES_DIRS=[staged],
        STATIC_ROOT=finished,
        STATIC_URL="/static/",
        STORAGES={"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}},
    )
    import django

    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
    shutil.rmtree(staged)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
