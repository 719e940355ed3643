"""The tables of broken targets, by the checks that must find each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from scorewright_ledger.target import LedgerTarget


STATIC = {
    "protocol": "test_the_protocol_is_kept",
    "options": "test_options_are_closed_and_described",
    "facts": "test_facts_are_in_order_and_have_sources",
    "unsure": "test_unsure_facts_can_be_settled",
    "capabilities": "test_capabilities_answer_every_feature",
    "features": "test_a_feature_is_as_the_table_says",
    "answered": "test_every_element_has_a_note",
    "well-formed": "test_notes_are_well_formed",
    "on-facts": "test_what_is_rested_on_is_a_fact",
    "gauges": "test_gauges_are_well_formed",
    "bounds": "test_bounds_can_be_held",
    "named-once": "test_objects_are_named_once",
    "plain": "test_objects_are_plain",
    "sheet": "test_the_sheet_can_be_ticked_off",
    "uncut": "test_nothing_is_cut",
    "all-there": "test_many_rules_are_all_there",
    "never-raises": "test_no_sound_model_makes_it_raise",
    "changes": "test_the_way_from_another_version_is_told",
    "unchanged": "test_the_request_is_left_as_it_was",
    "repeated": "test_asked_again_it_answers_the_same",
    "seeded": "test_the_bytes_are_the_same_under_two_hash_seeds",
}
EMULATED = {
    "built": "test_every_bundle_can_be_built",
    "answers": "test_every_gauge_is_answered",
    "repeats": "test_the_same_play_is_played_alike",
    "reads": "test_it_reads_the_emitted_files",
    "agrees": "test_it_agrees_with_the_reference_machine",
}


API = {
    "accounts": "test_accounts_are_told_apart",
    "known": "test_what_the_api_makes_is_known",
    "settled": "test_a_pushed_spec_is_found_in_order",
    "said": "test_calls_say_whether_they_write",
    "cut": "test_a_push_may_be_cut_off_anywhere",
    "broken": "test_a_push_may_fail_anywhere",
    "taken-away": "test_what_was_made_can_be_taken_away",
    "secret": "test_secrets_are_kept",
}


class ApiFault(NamedTuple):
    """A target whose API breaks a promise, the check that must find it, and words that it must say."""

    target: Any
    found_by: str
    says: str


API_FAULTS: dict[str, ApiFault] = {}


class Fault(NamedTuple):
    """A target that breaks a promise, the checks that must find it (by their short names), and words they must say."""

    target: type[LedgerTarget]
    found_by: set[str]
    says: str


STATIC_FAULTS: dict[str, Fault] = {}
EMULATED_FAULTS: dict[str, Fault] = {}


def breaks(says: str, *found_by: str) -> Any:
    """Enter a class into the table of faults: its docstring is the name of the fault."""

    def enter(target: type[LedgerTarget]) -> type[LedgerTarget]:
        table = EMULATED_FAULTS if set(found_by) <= EMULATED.keys() else STATIC_FAULTS
        table[(target.__doc__ or "").strip()] = Fault(target, set(found_by), says)
        return target

    return enter
