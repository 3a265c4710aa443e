"""What a browser is told it may load and run: one table for the pages, the service and the proxies. Pure.

`python -m tools.proxy_files` writes it into `deploy/`; the tests hold the files there against it.
"""

from __future__ import annotations

Policy = dict[str, tuple[str, ...]]

#: Pages hold text, one stylesheet and ordinary forms; nothing else may load or run.
POLICY: Policy = {
    "default-src": ("'none'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),  # the icon stands in the page itself
    "font-src": ("'self'",),
    "connect-src": ("'self'",),
    "manifest-src": ("'self'",),
    "form-action": ("'self'",),
    "base-uri": ("'none'",),
    "frame-ancestors": ("'none'",),
}
#: The few pages that may do more, by address: they and what stands below them. Files of ours only, never inline.
EXCEPTIONS: dict[str, Policy] = {
    "/subscribe/": {"script-src": ("'self'",)},
    # Pagefind is WebAssembly in a worker, and a worker goes by the policy of its own file.
    "/search/": {"script-src": ("'self'", "'wasm-unsafe-eval'"), "worker-src": ("'self'",)},
    "/pagefind/": {"script-src": ("'self'", "'wasm-unsafe-eval'")},
}
#: What every answer carries, whatever its address.
HEADERS = {
    # With no-referrer a browser would send "Origin: null" with our own forms.
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Nothing here asks for any of them; nothing that finds its way in shall.
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
#: Over https only, where a browser heeds it: come back the same way for a year.
HSTS = ("Strict-Transport-Security", "max-age=31536000")
POLICY_HEADER = "Content-Security-Policy"
HEADER_ONLY = ("frame-ancestors",)  # browsers pass over it in a <meta>, and complain


def policy(address: str = "", *more: str) -> str:
    """The value of Content-Security-Policy at `address`, which begins with a slash; `more` are further directives."""
    return _written(_policy(address), more)


def meta_policy(address: str) -> str:
    """The same for a `<meta>` in the page, for a host that sends no headers of ours."""
    return _written({name: sources for name, sources in _policy(address).items() if name not in HEADER_ONLY})


def runs_scripts(address: str) -> bool:
    """Whether the page at `address` may hold a script of ours."""
    return "script-src" in _policy(address)


def _policy(address: str) -> Policy:
    for folder, exception in EXCEPTIONS.items():
        if address.startswith(folder):
            return {**POLICY, **exception}
    return POLICY


def _written(directives: Policy, more: tuple[str, ...] = ()) -> str:
    return "; ".join([*(" ".join((name, *sources)) for name, sources in directives.items()), *more])


def headers_file() -> str:
    """The text of `_headers`, which Netlify and Cloudflare Pages read. They join the values of all that fit."""
    lines = ["# What browsers are told of every file. Written by the build.", "/*"]
    lines += [f"  {name}: {value}" for name, value in (*HEADERS.items(), HSTS, ("Cache-Control", "no-cache"))]
    lines += [f"  {POLICY_HEADER}: {policy()}"]
    for folder in EXCEPTIONS:
        lines += [f"{folder}*", f"  ! {POLICY_HEADER}", f"  {POLICY_HEADER}: {policy(folder)}"]
    return "\n".join([*lines, ""])
