"""The codes of our profile of HSDS, as its schema has them, and the names that only an authority bears."""

from __future__ import annotations

import re

STATUSES = (
    "citizen", "permanent_resident", "protected_person", "refugee_claimant", "refused_claimant",
    "trp_trafficking", "trp_violence", "trp_other", "permit_employer_tied", "permit_seasonal_agri",
    "permit_open", "permit_open_vulnerable", "permit_caregiver", "permit_other", "study_permit",
    "visitor", "maintained_status", "restoration_window", "pending_hc", "pending_sponsorship",
    "no_status", "removal_order", "not_disclosed",
)  # fmt: skip
ACCESS_RULES = ("any_no_proof", "any", "listed", "unknown")
ACCESS_COSTS = (
    "free", "sliding_scale", "legal_aid_certificate", "contingency", "fee", "unknown",
)  # fmt: skip
ACCESS_LISTS = {
    "statuses_accepted": STATUSES,
    "statuses_refused": STATUSES,
    "proof_required": (
        "none", "photo_id", "status_document", "address", "income", "health_card", "age",
        "referral_letter",
    ),
    "genders": ("women", "men", "trans_and_nonbinary", "all"),
    "households": (
        "single", "couple", "family", "with_children", "unaccompanied_minor", "with_pet",
    ),
    "experiences": (
        "labour_trafficking", "sex_trafficking", "forced_marriage", "labour_exploitation",
        "violence", "any",
    ),
    "conditions": (
        "police_report_required", "cooperation_with_authorities_required", "curfew", "sobriety",
        "no_paid_work", "stay_limit", "faith_participation", "guardian_consent",
    ),
}  # fmt: skip
HOW_ASKED = ("never", "only_if_needed_for_service", "always", "unknown")
FIREWALL_CODES = {
    "asks_status": HOW_ASKED,
    "records_status": HOW_ASKED,
    "shares_with_immigration": ("never", "only_if_law_compels", "may_share", "unknown"),
    "calls_police": ("only_with_consent", "only_imminent_danger", "policy_requires", "unknown"),
}
BASES = ("written_policy_seen", "declared_by_service", "reported_by_users", "none")
INTAKE_LISTS = {
    "modes": (
        "walk_in", "phone", "text", "chat", "email", "web_form", "referral_only",
        "outreach_visit", "video",
    ),
    "who_can_refer": (
        "self", "friend_or_family", "caseworker", "lawyer", "hotline", "police", "inspector",
    ),
}  # fmt: skip
DISCLOSURES = ("public", "area_only", "withheld")
LANGUAGE_MODES = ("staff", "volunteer", "booked_interpreter", "on_demand_interpreter")
MODALITIES = ("spoken", "signed", "written")
STATES = ("active", "inactive", "defunct", "temporarily closed")
PHONE_TYPES = ("voice", "text", "tty", "whatsapp")
KINDS = ("community", "public", "authority")

PHONE = re.compile(r"(?:1-)?[2-9]\d{2}-[2-9]\d{2}-\d{4}|[2-9]-\d-\d|\d{5,6}")
"""A number of North America, one of three digits (``9-8-8``), or a short one for texts."""
AREA = re.compile(r"CA|AB|BC|MB|NB|NL|NS|NT|NU|ON|PE|QC|SK|YT|[ABCEGHJ-NPRSTVXY](?:\d[A-Z]?)?")
POSTAL_CODE = re.compile(r"[ABCEGHJ-NPRSTVXY]\d[A-Z] \d[A-Z]\d")
ADDRESS = re.compile(
    r"\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b"
    r"|\b\d+[,]? (?:rue|av\.|avenue|boul\.|chemin)\b"
    r"|\b\d+ [\w' -]{2,30}(?:street|avenue|road|drive|lane|boulevard|\bst\.|\bave\.|\brd\.)",
    re.IGNORECASE,
)
"""What in a text tells where a place is."""
ENFORCES = re.compile(
    r"\bpolice\b|\bRCMP\b|\bGRC\b|\bCBSA\b|\bASFC\b|border services|services frontaliers"
    r"|\bsheriff|\bconstabulary|\binspect|\bSûreté\b|\btip line\b|signalement|enforcement"
    r"|application de la loi|\bprosecut|\bprocureur",
    re.IGNORECASE,
)
"""Names that only somebody who can act against a person bears."""
