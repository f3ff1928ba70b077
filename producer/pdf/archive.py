"""The archive edition: the screen edition as PDF/A-3a (ISO 19005-3), the issue's data attached."""

from __future__ import annotations

import hashlib
import importlib.resources
import io
import mimetypes
from pathlib import Path

import pikepdf

from producer.model import Issue

_NAME = pikepdf.Name
# ISO 32000-1, 12.5.3: the flag by which an annotation is printed.
_PRINT_FLAG = 4
_KINDS = {".md": "text/markdown", ".yaml": "application/yaml", ".webp": "image/webp"}


def finish_archive(screen: bytes, issue: Issue, plan: str) -> bytes:
    """The screen edition's file, for keeps: `producer build` makes the issue again from it alone.

    Args:
        screen: The finished screen edition.
        issue: Whose files are attached, by their paths below the folder of all papers.
        plan: plan.json's text, attached where the pages did not come from issue.yaml.
    """
    with pikepdf.open(io.BytesIO(screen)) as pdf:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
            # A property that PDF/A does not know needs a schema; its own level "A" asks for tags.
            del said["pdfuaid:part"]
            said["pdfaid:part"], said["pdfaid:conformance"] = "3", "A"
        _intend(pdf)
        for page in pdf.pages:
            for annotation in page.obj.get("/Annots", []):
                annotation.F = _PRINT_FLAG
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream) and "/Interpolate" in thing:
                thing.Interpolate = False
        _attach(pdf, issue, data_files(issue, plan))
        buffer = io.BytesIO()
        pdf.save(buffer, deterministic_id=True)
    return buffer.getvalue()


def data_files(issue: Issue, plan: str) -> dict[str, bytes]:
    """All that the issue was made from, by path: `<paper>/paper.yaml`, `<paper>/<date>/…`."""
    folder = Path(issue.folder)
    paths = [folder.parent / "paper.yaml", folder / "issue.yaml"]
    paths += [path for path in sorted((folder / "stories").glob("*.md")) if path.is_file()]
    paths += [folder / "images" / name for name in sorted(issue.pictures)]
    profile = folder.parent / issue.paper.press.profile
    paths += [profile] if profile.is_file() else []
    home = folder.parent.parent
    files = {path.relative_to(home).as_posix(): path.read_bytes() for path in paths}
    if not issue.plan_file.endswith("/issue.yaml"):
        files[f"{issue.id}/plan.json"] = plan.encode()
    return files


def _intend(pdf: pikepdf.Pdf) -> None:
    """Say that the colours are sRGB."""
    data = importlib.resources.files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()
    name = "sRGB IEC61966-2.1"
    intent = pikepdf.Dictionary(
        Type=_NAME.OutputIntent,
        S=_NAME.GTS_PDFA1,
        OutputConditionIdentifier=name,
        Info=name,
        DestOutputProfile=pdf.make_stream(data, N=3),
    )
    pdf.Root.OutputIntents = pikepdf.Array([intent])


def _attach(pdf: pikepdf.Pdf, issue: Issue, files: dict[str, bytes]) -> None:
    """Embed the files as the document's source (ISO 19005-3, 6.8)."""
    names: list[pikepdf.Object] = []
    for number, (path, content) in enumerate(files.items()):
        names += [pikepdf.String(f"{number:05}"), _file(pdf, issue, path, content)]
    if "/Names" not in pdf.Root:
        pdf.Root.Names = pikepdf.Dictionary()
    pdf.Root.Names.EmbeddedFiles = pikepdf.Dictionary(Names=pikepdf.Array(names))
    pdf.Root.AF = pikepdf.Array(names[1::2])


def _file(pdf: pikepdf.Pdf, issue: Issue, path: str, content: bytes) -> pikepdf.Object:
    suffix = Path(path).suffix.lower()
    kind = _KINDS.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    embedded = pdf.make_stream(
        content,
        Type=_NAME.EmbeddedFile,
        Subtype=_NAME(f"/{kind}"),
        Params=pikepdf.Dictionary(
            Size=len(content),
            ModDate=f"D:{issue.data.date:%Y%m%d}000000Z",
            CheckSum=pikepdf.String(hashlib.md5(content, usedforsecurity=False).digest()),
        ),
    )
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=_NAME.Filespec,
            F=path,
            UF=path,
            EF=pikepdf.Dictionary(F=embedded, UF=embedded),
            AFRelationship=_NAME.Source,
        )
    )
