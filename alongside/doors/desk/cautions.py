"""Cautions: what in a reply could tell somebody who reads over the person's shoulder. It never blocks.

A small reader of patterns, in the four languages of the pages. It misses things and it sees things that
are not there; the preview says so, and the member decides.
"""

from __future__ import annotations

import re

from alongside.doors.showing.digits import WESTERN

_BEFORE = "(?:و|ف)?(?:بال|لل|كال|ال|ب|ل)"
"""What Arabic writes together with the next word."""
_STREETS = (
    "street|st|avenue|ave|road|rd|boulevard|blvd|drive|dr|lane|crescent|court|highway|hwy|rue|av|chemin|ch"
    "|boul|rang|route|place|calle|avenida|camino|carretera"
)
_MEETING = (
    "meet|meeting|appointment|pick you up|wait for you|come to|rendez-vous|rencontrer|rencontre|venez|viens"
    "|passer vous prendre|reunirnos|encontrarnos|cita|venga|ven a|recogerle|recogerte|موعد|نلتقي|تعال|لقاء"
)
_PLACES = (
    "shelter|church|mosque|temple|hospital|clinic|library|station|bus stop|motel|hotel|office|building|floor"
    "|apartment|apt|unit|suite|refuge|abri|église|mosquée|hôpital|clinique|bibliothèque|gare|arrêt d'autobus"
    "|bureau|étage|appartement|local|refugio|albergue|iglesia|mezquita|clínica|biblioteca|estación|parada"
    "|oficina|edificio|piso|apartamento|ملجأ|مأوى|كنيسة|مسجد|مستشفى|عيادة|مكتبة|محطة|فندق|مكتب|مبنى|طابق|شقة|شارع"
)
_WORDS = (
    "police|visa|permit|immigration|deport\\w*|border|cbsa|ircc|traffick\\w*|lawyer|lawsuit|court|complaint"
    "|report\\w*|inspector|union|asylum|refugee|escap\\w*|policier\\w*|permis|expuls\\w*|renvoi|frontière|asfc"
    "|traite|avocate?s?|tribunal|plainte|dénonc\\w*|inspecteur|inspectrice|syndicat|asile|réfugiée?s?"
    "|policía|permiso|inmigración|deporta\\w*|frontera|trata|abogad[oa]s?|denuncia\\w*|inspector\\w*"
    "|sindicato|asilo|refugiad[oa]s?|شرطة|الشرطة|تأشيرة|تصريح|الهجرة|ترحيل|حدود|الاتجار|محام\\w*|محكمة|شكوى|نقابة|لجوء"
)
PATTERNS = {
    "postal": re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]?\d[A-Z]\d\b", re.IGNORECASE),
    "phone": re.compile(r"(?<!\d)(?:\+?\d[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?!\d)"),
    "address": re.compile(
        rf"\b\d{{1,5}}[A-Za-z]?,? (?:[\w'’.-]+ ){{0,3}}(?:{_STREETS})\b"
        rf"|\b(?:{_STREETS}) (?:[\w'’.-]+ ){{0,3}}(?:no?\.? ?|#)?\d{{1,5}}\b"
        r"|\b(?:corner of|at the corner|au coin de|à l'angle|esquina)\b",
        re.IGNORECASE,
    ),
    "place": re.compile(rf"(?<!\w)(?:{_BEFORE})?(?:{_PLACES})(?!\w)", re.IGNORECASE),
    "time": re.compile(
        r"\b\d{1,2} ?[:h] ?[0-5]\d\b|\b\d{1,2} ?(?:a\.?m\.?|p\.?m\.?|o'clock|heures?)(?!\w)"
        r"|\b\d{1,2} ?h\b|\b(?:at|à|a las) (?:noon|midnight|midi|minuit)(?!\w)"
        r"|\b(?:at|à|a las) \d{1,2}(?: ?[:h] ?[0-5]\d| ?h| ?[ap]\.?m\.?)?(?!\w)"
        rf"|(?<!\w)(?:{_MEETING})(?!\w)",
        re.IGNORECASE,
    ),
    "link": re.compile(r"https?://|\bwww\.|[\w.+-]+@[\w-]+\.\w", re.IGNORECASE),
    "words": re.compile(rf"(?<!\w)(?:{_BEFORE})?(?:{_WORDS})(?!\w)", re.IGNORECASE),
}
"""What is looked for, by the key of its caution, ``desk_caution_…``."""


def cautions(text: str) -> dict[str, list[str]]:
    """Return what in a text could tell, by kind: the pieces as they are written, each once."""
    plain = text.translate(WESTERN)  # sign for sign: places in it are places in the text
    found = {
        kind: list(dict.fromkeys(text[m.start() : m.end()] for m in pattern.finditer(plain)))
        for kind, pattern in PATTERNS.items()
    }
    return {kind: pieces for kind, pieces in found.items() if pieces}
