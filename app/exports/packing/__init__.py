"""Profiles and evidence as one ZIP to hand over, with a manifest; and the check whether such a ZIP is still whole."""
from app.exports.packing.checking import check
from app.exports.packing.manifest import Contents
from app.exports.packing.names import evidence_name, folder_name, is_safe, safe_name
from app.exports.packing.package import Broken, Member, Package, from_disk

__all__ = ["Broken", "Contents", "Member", "Package", "check", "evidence_name", "folder_name", "from_disk", "is_safe", "safe_name"]
