"""The program that draws: started for one figure, then gone, with the memory that its engine takes.

``python -I renderer.py FONTS``: on standard input ``{"specs": {name: Vega-Lite}, "png": SVG or ""}``; on
standard output ``{"svg": {name: SVG}, "png": base64}``. It is run by its path, with no environment, imports
nothing of ours, and may fetch nothing: the data is in the specification.
"""

import base64
import json
import resource
import sys

SECONDS, SCALE = 20, 2.0


def main(fonts: str) -> None:
    for what, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))
    import vl_convert  # noqa: PLC0415  after the limits

    vl_convert.register_font_directory(fonts)
    asked = json.load(sys.stdin)
    svg = {
        name: vl_convert.vegalite_to_svg(spec, vl_version="6.4", allowed_base_urls=[])
        for name, spec in asked["specs"].items()
    }
    png = vl_convert.svg_to_png(asked["png"], scale=SCALE) if asked["png"] else b""
    json.dump({"svg": svg, "png": base64.b64encode(png).decode()}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
