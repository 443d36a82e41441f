"""Writing casefiles: keeping, opening to an agency, answering, taking back, erasing."""
