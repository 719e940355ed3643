"""Where made specs once differed on an emulator: each cause as a small spec."""

from __future__ import annotations

from tests.marketo.compiling import HEAD, SCORE, called, campaign, compile_text, notes, tables

FIT = '[scores.fit]\nkind = "fit"\n'
TWO = '[scores.total]\nkind = "combined"\nsum_of = ["lead"]\n'
ASSETS = """
[assets]
contact = { form = "Contact" }
page = { pages = "/pricing" }
paper = { file = "paper.pdf" }
news = { email = "News" }
people = { list = "People" }
"""
ON_SUBMIT = '[rules.contact]\non = { submits = "contact" }\npoints = { lead = 10 }\n'


def note(bundle, name):
    found = [item for item in bundle.notes if item.name == name]
    assert len(found) == 1, [(item.name, item.element) for item in bundle.notes]
    return found[0]


def names(bundle):
    return {item.name for item in bundle.notes}


def texts(table, rule):
    return [row["values"] for row in table["smart_list"]["filters"] if row["rule"] == rule]


# --- fields and their names -----------------------------------------------------------------------------------------


def test_what_a_field_was_is_compared_as_a_text_so_a_number_below_is_refused():
    rule = '[rules.grows]\non = {{ changes = "employees", where = {{ from = {{ {} }} }} }}\npoints = {{ lead = 5 }}\n'
    assert ("condition-impossible", "rules.grows") in notes(
        compile_text(SCORE + rule.format("below = 50")), "refused"
    )
    assert notes(compile_text(SCORE + rule.format("is = 50")), "refused") == []


def test_two_fields_of_one_name_are_refused_where_one_of_them_is_used():
    fields = '[fields]\none = { type = "text", title = "Size" }\ntwo = { type = "number", title = "size" }\n'
    rule = '[rules.small]\nwhen = { field = "two", below = 50 }\npoints = { lead = 5 }\n'
    assert notes(compile_text(SCORE + fields + rule), "refused") == [("field-taken", "rules.small")]


def test_a_field_that_is_called_as_a_score_is_refused():
    fields = '[fields]\nmine = { type = "number", names = { marketo = "person score" } }\n'
    assert notes(compile_text(SCORE + fields), "refused") == [("field-taken", "scores.lead")]


def test_each_field_that_somebody_is_created_with_is_a_change_of_its_own():
    rule = '[rules.known]\non = { changes = ["company", "industry"] }\npoints = { lead = 5 }\n'
    made = tables(compile_text(SCORE + rule), "smart-campaigns")
    (found,) = [row for row in made.values() if row["campaign"].startswith("When created")]
    assert [row["rule"] for row in found["smart_list"]["filters"]] == ["Company Name", "Industry"]
    asked = [[choice["if"]["rule"] for choice in step["choices"]] for step in found["flow"]]
    assert asked == [["Company Name"], ["Industry"]], "an award for each"


def test_blanks_at_the_ends_of_a_text_do_not_count():
    rule = '[rules.chief]\nwhen = { field = "job-title", contains = "Chief  of " }\npoints = { fit = 5 }\n'
    made = campaign(compile_text(SCORE + FIT + rule), "Re-roll chief")
    assert texts(made, "Job Title") == [["Chief of"], ["Chief of"]]


# --- scores ---------------------------------------------------------------------------------------------------------


def test_a_start_below_zero_is_given_too():
    made = tables(compile_text(SCORE.replace("overall = true", "overall = true\nstart = -5")), "tokens")
    assert [row["value"] for row in made.values()] == [-5]


def test_a_reset_of_a_part_begins_by_filling_the_empty_score():
    rule = '[rules.contact]\non = { submits = "contact" }\nthen = [{ reset = "lead", to = 11 }]\n'
    first = campaign(compile_text(SCORE + TWO + ASSETS + rule), "Award contact")["flow"][0]
    assert [(row["if"]["operator"], row["value"]) for row in first["choices"]] == [("is empty", "=0")]


def test_what_is_misread_and_taken_back_under_a_floor_is_off_both_ways():
    fields = '[fields]\nagreed = { type = "yes_no" }\n'
    tier = '[tiers.answer]\nscore = "lead"\nfield = "agreed"\ncases = [{ is = true, points = 9 }]\notherwise = 3\nunknown = 0\n'
    for floor, least in (("", 0), ("\nfloor = -2", -9)):
        bundle = compile_text(SCORE.replace("overall = true", "overall = true" + floor) + fields + tier)
        found = [
            (bound.least, bound.most)
            for bound in note(bundle, "unknown-counts-as-no").bounds
            if bound.when == "unanswered" and bound.gauge == "score lead"
        ]
        assert found == [(least, 9)]


def test_the_domain_of_an_address_is_no_field_that_could_be_empty():
    text = '[thresholds.hot]\nwhen = { score = "lead", at_least = 5 }\nrequired_fields = ["email-domain"]\n'
    made = compile_text(SCORE + text + 'then = [{ notify = "owner" }]\n')
    assert "Email Domain" not in str([item.table for item in made.objects])
    rows = campaign(made, "Cross hot")["smart_list"]["filters"]
    assert [row["operator"] for row in rows if row["rule"] == "Email Address"] == ["is not empty"]


def test_what_no_filter_looks_back_at_is_refused_and_not_left_out_beside_another():
    assets = '[assets]\nfair = { campaign = "Fair" }\nshow = { event = "Show" }\n'
    for joined in ('"fair"', '["show", "fair"]'):
        segment = f"[segments.met]\nwhen = {{ joined = {joined} }}\n"
        assert notes(compile_text(SCORE + assets + segment), "refused") == [
            ("condition-impossible", "segments.met")
        ]
    assert not notes(compile_text(SCORE + assets + '[segments.met]\nwhen = { joined = "show" }\n'), "refused")


def test_to_ask_whether_a_field_is_known_is_not_to_read_it():
    """A criterion is unmoved by what is unknown; who is asked for by being unknown matches."""
    text = '[grades.g]\ncriteria.who = { when.any = [{ field = "company", known = false }, { field = "country", is = "Chile" }], thirds = 1 }\n'
    steps = campaign(compile_text(SCORE + text), "Grade g")["flow"]
    spared = {
        choice["if"]["rule"]
        for step in steps
        for choice in step.get("choices", ())
        if choice["value"] == "--Do Nothing--"
    }
    assert spared == {"Country"}


def test_an_opt_in_has_no_date_but_that_on_which_it_is_told():
    segment = "[segments.back]\nwhen = {{ resubscribed = true{} }}\n"
    found = note(compile_text(SCORE + segment.format(', within = "1d"')), "told-late").bounds
    assert [tuple(bound) for bound in found] == [("segment back", -1, 1, "past-unknown")]
    assert "told-late" not in names(
        compile_text(
            SCORE
            + ASSETS
            + segment.format("").replace("resubscribed = true", 'submitted = "contact", within = "1d"')
        )
    )


def test_a_silence_that_nothing_can_end_is_refused():
    decay = DECAY.format("does")
    assert notes(compile_text(SCORE + decay), "refused") == [("event-impossible", "decay.silence")]
    activity = "[activities]\ntrial = {}\n"
    assert not notes(compile_text(SCORE + activity + decay), "refused")


# --- awards ---------------------------------------------------------------------------------------------------------


def test_a_full_group_holds_back_its_own_score_only():
    text = (
        SCORE
        + FIT.replace('"fit"', '"engagement"').replace("fit]", "other]")
        + ASSETS
        + '[groups.web]\nscore = "lead"\nlimit = { points = 20, per = "30d" }\n'
        + '[rules.contact]\non = { submits = "contact" }\npoints = { lead = 10, other = 3 }\ngroup = "web"\n'
    )
    made = campaign(compile_text(text), "Award contact (0 left)")
    assert [row["values"] for row in made["smart_list"]["filters"]] == [["20"]]
    assert [step["fields"][0]["value"] for step in made["flow"]] == ["Other Score"]


def test_points_that_end_are_taken_from_who_is_outside_too():
    text = SCORE + ASSETS + ON_SUBMIT + 'expires = "30d"\n[segments.staff]\nwhen = { member_of = "people" }\n'
    assert "ends-outside-too" not in names(compile_text(text))
    head = HEAD + 'exclude = ["staff"]\n'
    found = note(compile_text(text, head), "ends-outside-too").bounds
    assert ("score lead", None, 0, "outside") in [tuple(bound) for bound in found]


def test_who_is_known_to_be_a_bot_never_was_there():
    rule = '[rules.bots]\non = { opens = "news", where = { bot = { is = true } } }\npoints = { lead = 1 }\n'
    made = campaign(compile_text(SCORE + ASSETS + rule), "When bots")
    rows = made["smart_list"]["triggers"][0]["constraints"]
    assert [row["values"] for row in rows if row["name"] == "Is Bot Activity"] == [["true"], ["false"]]


def test_everything_that_visitors_do_rests_on_what_is_told_of_their_past():
    rule = '[rules.paper]\non = { downloads = "paper" }\npoints = { lead = 5 }\n'
    bundle = compile_text(SCORE + ASSETS + rule)
    (made,) = [item for item in bundle.objects if item.name.endswith("When paper")]
    assert "late-anonymous-past" in made.facts
    found = note(compile_text(SCORE + ASSETS + rule, late_anonymous_past=False), "unknown-past").bounds
    assert [tuple(bound) for bound in found] == [("score lead", None, 0, "past-unknown")]


# --- decay ----------------------------------------------------------------------------------------------------------

DECAY = '[decay.silence]\nscore = "lead"\ncounts_as_activity = ["{}"]\nsteps = [{{ after = "30d", subtract = 5 }}]\n'


def test_joining_a_campaign_of_the_crm_ends_a_silence_by_a_stamp():
    bundle = compile_text(SCORE + ASSETS + ON_SUBMIT + DECAY.format("joins"))
    started = {
        row["rule"] for row in campaign(bundle, "Stamp SW Last Active silence")["smart_list"]["triggers"]
    }
    assert started == {
        "Program Status is Changed",
        "Added to SFDC Campaign",
        "Status is Changed in SFDC Campaign",
    }
    asked = campaign(bundle, "Decay silence 30d")["smart_list"]["filters"]
    assert ("SW Last Active silence", "in past before") in {(row["rule"], row["operator"]) for row in asked}
    assert "first-silence-late" in names(bundle)


def test_a_silence_asks_for_an_activity_by_its_title():
    activities = '[activities]\ntrial = { title = "Begins a trial" }\n'
    asked = campaign(
        compile_text(SCORE + ASSETS + ON_SUBMIT + activities + DECAY.format("does")),
        "Stamp SW Last Active silence",
    )
    assert [row["rule"] for row in asked["smart_list"]["triggers"]] == ["Begins a trial"]


def test_hours_of_a_schedule_that_lie_side_by_side_take_a_step_once():
    text = (
        SCORE
        + ASSETS
        + ON_SUBMIT
        + DECAY.format("submits")
        + 'schedule = "night"\n[schedules.night]\nat = [AT]\n'
    )
    near = tables(compile_text(text.replace("AT", '"23:59", "00:00"')), "smart-campaigns").values()
    far = tables(compile_text(text.replace("AT", '"08:00", "20:00"')), "smart-campaigns").values()
    assert [row["qualification"] for row in near if row["campaign"].startswith("Do ")] == [
        "Once every 1 hour"
    ]
    assert not [row for row in far if row["campaign"].startswith("Do ")]


# --- thresholds -----------------------------------------------------------------------------------------------------

READY = '[thresholds.ready]\nwhen = {{ score = "lead", at_least = 50 }}\nthen = [{}]\n'


def crowded(bundle):
    found = [bound for item in bundle.notes if item.element == "thresholds.ready" for bound in item.bounds]
    return {(bound.least, bound.most) for bound in found if bound.when == "crowded"}


def test_who_falls_by_a_fact_and_rises_by_an_event_may_be_handed_over_before_the_night():
    ready = READY.format('{ notify = "owner" }')
    fact = '[rules.small]\nwhen = { field = "employees", below = 50 }\npoints = { lead = 5 }\n'
    assert crowded(compile_text(SCORE + ASSETS + ON_SUBMIT + ready)) == {(None, 0)}
    assert crowded(compile_text(SCORE + ASSETS + ON_SUBMIT + fact + ready)) == {(None, None)}


def test_a_fact_of_some_days_opens_a_threshold_without_an_event():
    fact = '[rules.small]\nwhen = { field = "employees", below = 50 }\npoints = { lead = 50 }\n'
    ready = READY.format('{ notify = "owner" }')
    assert "opened-by-the-clock" not in names(compile_text(SCORE + fact + ready))
    dated = compile_text(SCORE + fact + "active = { from = 2026-05-01 }\n" + ready)
    assert "“small”" in note(dated, "opened-by-the-clock").message
    aged = fact.replace('"employees", below = 50', '"created", older_than = "30d"')
    assert "opened-by-the-clock" in names(compile_text(SCORE + aged + ready))


def test_of_two_that_open_at_once_the_first_may_shut_the_other():
    ready = READY.format('{ notify = "owner" }')
    other = ready.replace("thresholds.ready", "thresholds.much").replace("50", "60")
    resets = other.replace("then = [", 'then = [{ reset = "lead", to = 0 }, ')
    assert "who-acts-first" not in names(compile_text(SCORE + ASSETS + ON_SUBMIT + ready + other))
    found = note(compile_text(SCORE + ASSETS + ON_SUBMIT + ready + resets), "who-acts-first")
    assert found.element == "thresholds.ready"
    assert ("done thresholds.ready.then.0", None, 0, "fired-together") in [
        tuple(bound) for bound in found.bounds
    ]


def test_marks_that_keep_two_apart_are_no_race():
    marks = "[marks]\nmql = {}\n"
    ready = READY.format('{ mark = "mql" }') + 'unless = { mark = "mql" }\n'
    back = (
        '[thresholds.back]\nwhen.all = [{ score = "lead", below = 90 }, { mark = "mql" }]\n'
        'then = [{ unmark = "mql" }, { reset = "lead", to = 0 }]\n'
    )
    assert "who-acts-first" not in names(compile_text(SCORE + ASSETS + ON_SUBMIT + marks + ready + back))
    twin = READY.replace("ready", "twin").format('{ notify = "owner" }') + 'unless = { mark = "mql" }\n'
    assert note(
        compile_text(SCORE + ASSETS + ON_SUBMIT + marks + ready + twin), "who-acts-first"
    ).element == ("thresholds.twin")


def test_joining_what_the_population_asks_for_may_open_a_threshold():
    text = (
        SCORE
        + '[assets]\ncontact = { form = "Contact" }\ntour = { campaign = "Tour" }\nfair = { event = "Fair" }\n'
        + ON_SUBMIT
        + '[segments.guests]\nwhen.any = [{ member_of = "tour" }, { member_of = "fair" }]\n'
        + READY.format('{ notify = "owner" }')
    )
    made = campaign(compile_text(text, HEAD + 'eligible = "guests"\n'), "When ready may open")
    started = {(row["rule"], *row["values"]) for row in made["smart_list"]["triggers"]}
    assert started >= {
        ("Added to SFDC Campaign", "Tour"),
        ("Status is Changed in SFDC Campaign", "Tour"),
        ("Program Status is Changed", "Fair"),
    }


def test_a_rule_that_counts_and_waits_counts_before_it_waits():
    rule = (
        '[rules.often]\non = { submits = "contact", at_least = 3, within = "30d" }\nwait = "10d"\n'
        "points = { lead = 5 }\nlimit = { times = 4 }\n"
    )
    bundle = compile_text(SCORE + ASSETS + rule)
    first, gate, last = (campaign(bundle, name) for name in ("When often", "Gate often", "Wait often"))
    assert [step["step"] for step in first["flow"]] == ["Wait", "Execute Campaign"]
    rows = gate["smart_list"]["filters"][0]["constraints"]
    assert ["720 hours"] in [row["values"] for row in rows]
    assert [step["step"] for step in gate["flow"]] == ["Request Campaign"]
    assert last["flow"][0]["fields"][0]["value"] == "10 days"
    assert last["flow"][1]["step"] == "Execute Campaign"


def test_what_holds_is_one_sum_before_it_is_held_in_bounds():
    text = SCORE.replace("overall = true", "overall = true\nfloor = -1") + (
        '[rules.small]\nwhen = { field = "employees", below = 50 }\npoints = { lead = -13 }\n'
        '[rules.here]\nwhen = { field = "country", is = "France" }\npoints = { lead = 11 }\n'
    )
    bundle = compile_text(text)
    turns = [called(step) for step in campaign(bundle, "Nightly re-rolls in turn")["flow"]]
    assert turns == [
        [f"OP-Scoring-Test model.{name}"] for name in ("Re-roll small", "Re-roll here", "Hold Lead score")
    ]
    assert not [step for step in campaign(bundle, "Re-roll small")["flow"] if called(step)]


def test_a_visit_without_a_page_neither_ends_a_silence_nor_begins_one():
    steps = 'steps = [{ after = "30d", subtract = 5 }]\n'
    decay = f'[decay.silence]\nscore = "lead"\ncounts_as_activity = ["starts_visit"]\n{steps}'
    for more in ("", "never_active = true\n"):
        bundle = compile_text(SCORE + ASSETS + ON_SUBMIT + decay + more)
        found = {tuple(bound) for bound in note(bundle, "unseen-activity").bounds}
        assert {("score lead", None, None, when) for when in ("unrecorded", "other-activity")} <= found
        assert not [bound for bound in found if bound[3] == "any"]


def test_a_silence_that_downloads_end_rests_on_what_a_link_shows():
    bundle = compile_text(SCORE + ASSETS + ON_SUBMIT + DECAY.format("downloads"))
    assert any("link-is-address" in item.facts for item in bundle.objects if item.kind == "smart-campaigns")


def test_rules_of_one_event_that_assign_say_that_the_first_to_come_does():
    assets = ASSETS + 'north = { queue = "North" }\nsouth = { queue = "South" }\n'
    rule = '[rules.{0}]\non = {{ submits = "contact" }}\nthen = [{{ assign = "{0}" }}]\n'
    assert "who-assigns" not in names(compile_text(SCORE + assets + rule.format("north")))
    both = compile_text(SCORE + assets + rule.format("north") + rule.format("south"))
    assert sorted(item.element for item in both.notes if item.name == "who-assigns") == [
        "rules.north",
        "rules.south",
    ]


def test_whether_it_is_known_that_somebody_is_a_bot_cannot_be_asked():
    rule = (
        '[rules.bots]\non = { opens = "news", where = { bot = { known = false } } }\npoints = { lead = 1 }\n'
    )
    assert notes(compile_text(SCORE + ASSETS + rule), "refused") == [("condition-impossible", "rules.bots")]


def test_an_award_for_the_change_of_what_a_fact_reads_meets_a_ceiling_before_the_fact_does():
    text = (
        '[rules.small]\nwhen = { field = "employees", below = 50 }\npoints = { lead = 7 }\n'
        '[rules.told]\non = { changes = "employees" }\npoints = { lead = 15 }\n'
    )
    assert "award-before-night" not in names(compile_text(SCORE + text))
    capped = SCORE.replace("overall = true", "overall = true\nceiling = 100")
    found = [tuple(bound) for bound in note(compile_text(capped + text), "award-before-night").bounds]
    assert ("score lead", -7, 7, "any") in found
    assert "award-before-night" not in names(
        compile_text(capped + text.replace('changes = "employees"', 'changes = "city"'))
    )


def test_a_look_by_schedule_takes_what_holds_as_it_was_by_night():
    ready = READY.format('{ notify = "owner" }') + 'schedule = "noon"\n[schedules.noon]\nat = ["12:00"]\n'
    fact = '[rules.small]\nwhen = { field = "employees", below = 50 }\npoints = { lead = 5 }\n'
    assert "looks-before-night" not in names(compile_text(SCORE + ASSETS + ON_SUBMIT + ready))
    found = note(compile_text(SCORE + ASSETS + ON_SUBMIT + fact + ready), "looks-before-night").bounds
    assert ("done thresholds.ready.then.0", None, None, "facts-change") in [tuple(bound) for bound in found]


def test_a_model_of_some_days_gives_no_grade_and_no_start_before_the_first():
    grade = '[grades.profile]\ncriteria.place = { when = { field = "country", is = "France" }, thirds = 3 }\n'
    text = SCORE.replace("overall = true", "overall = true\nstart = 5") + grade
    assert "not-before-active" not in names(compile_text(text))
    found = note(compile_text(text, HEAD + "active = { from = 2026-03-01 }\n"), "not-before-active").bounds
    assert [tuple(bound) for bound in found] == [
        ("score lead", -5, 0, "outside"),
        ("grade profile", 0, None, "outside"),
    ]


def test_an_award_that_resets_what_another_of_the_event_gives_to_is_bounded_by_that():
    rules = (
        '[rules.anew]\non = { submits = "contact" }\nthen = [{ reset = "lead", to = 3 }]\n'
        '[rules.more]\non = { submits = "contact" }\npoints = { lead = 33 }\n'
    )
    found = note(compile_text(SCORE + ASSETS + rules), "sibling-order")
    assert (
        found.element,
        [tuple(item) for item in found.bounds],
    ) == ("rules.anew", [("score lead", 0, 33, "any")])


def test_a_grade_that_reads_how_long_ago_a_date_was_is_given_anew_each_night_to_everybody():
    grade = (
        '[grades.kind]\nstart = "D"\ncriteria.due = {{ when = {{ field = "replaced", {} }}, thirds = 2 }}\n'
    )
    date = '[fields]\nreplaced = { type = "date" }\n'

    def asked(test):
        bundle = compile_text(date + SCORE + grade.format(test))
        return [
            row["rule"]
            for row in campaign(bundle, "Nightly grade kind").get("smart_list", {}).get("filters", ())
        ]

    assert "Data Value Changed" not in asked('within_next = "365d"')
    assert "Data Value Changed" in asked("known = true")


def test_who_assigns_first_matters_only_where_two_have_come_up():
    assets = ASSETS + 'north = { queue = "North" }\nsouth = { queue = "South" }\n'
    ready = '[thresholds.{0}]\nwhen = {{ score = "lead", at_least = 20 }}\nthen = [{{ assign = "{0}" }}]\n'
    bundle = compile_text(SCORE + assets + ON_SUBMIT + ready.format("north") + ready.format("south"))
    found = [item for item in bundle.notes if item.name == "who-assigns"]
    assert [item.element for item in found] == ["thresholds.north", "thresholds.south"]
    assert {bound.when for item in found for bound in item.bounds if bound.least is None} == {
        "two-assign",
        "crowded",
    }
    apart = (ready.format("north") + ready.format("south")).replace("at_least", "below", 1)
    apart = compile_text(SCORE + assets + ON_SUBMIT + apart)
    assert "who-assigns" not in names(apart), "who is past the one is never past the other"


def test_an_input_is_copied_anew_for_whoever_comes_back_to_be_scored():
    copied = '[fields]\nreview = { type = "number" }\n[inputs.review]\nfield = "review"\nscore = "lead"\nat_least = 0\nat_most = 9\n'
    everybody = compile_text(SCORE + copied)
    assert "Member of List" not in [
        row["rule"] for row in campaign(everybody, "Copy review")["smart_list"]["filters"]
    ]
    staff = '[segments.staff]\nwhen = { field = "company", is = "Us" }\n'
    bundle = compile_text(SCORE + staff + copied, HEAD + 'exclude = ["staff"]\n')
    for name, operator in (("Copy review", "not in"), ("Forget review", "in")):
        made = campaign(bundle, name)
        asked = [row for row in made["smart_list"]["filters"] if row["rule"] == "Member of List"]
        assert [(row["operator"], row["values"]) for row in asked] == [
            (operator, ["OP-Scoring-Test model.SW Copied review"])
        ]
    assert [step["step"] for step in campaign(bundle, "Forget review")["flow"]] == ["Remove from List"]
    assert campaign(bundle, "Copy review")["flow"][-1]["step"] == "Add to List"


def test_what_never_happened_is_asked_for_as_far_back_as_the_log_goes():
    never = '[rules.cold]\nwhen = {{ not = {{ opened = "news"{} }} }}\npoints = {{ fit = -5 }}\n'
    fit = '[scores.fit]\nkind = "fit"\n'

    def spans(within):
        made = campaign(compile_text(fit + ASSETS + never.format(within)), "Re-roll cold")
        asked = [row for row in made["smart_list"]["filters"] if row["rule"] == "Not Opened Email"]
        return [
            item["values"]
            for row in asked
            for item in row.get("constraints", ())
            if item["name"] == "Date of Activity"
        ]

    ever, month = spans(""), spans(', within = "60d"')
    assert ever
    assert all(int(span.split()[0]) > 365 for (span,) in ever)
    assert month
    assert month != ever


def test_any_file_is_also_one_that_the_spec_names_without_an_ending():
    files = '[assets]\nbook = { file = "Brochure"%s }\nsheet = { file = "sheet.pdf" }\n'
    rule = '[rules.files]\non = { downloads = "any-file" }\npoints = { lead = 5 }\n'

    def asked(match):
        made = campaign(compile_text(SCORE + files % match + rule), "When files")
        return [(row["operator"], row["values"][-1]) for row in made["smart_list"]["triggers"]]

    assert asked("") == [("contains", ".zip"), ("is", "Brochure")]
    assert asked(', match = "contains"') == [("contains", "Brochure")]
    starting = compile_text(SCORE + files % ', match = "starts_with"' + rule)
    assert notes(starting, "refused") == [("event-impossible", "rules.files")]
    clicks = rule.replace('downloads = "any-file"', 'clicks = "any-link"')
    assert "any-link-counts-files" in names(compile_text(SCORE + files % "" + clicks))
    assert "any-link-counts-files" not in names(
        compile_text(SCORE + files.replace("Brochure", "book.pdf") % "" + clicks)
    )


def test_who_was_never_active_keeps_the_points_that_a_reset_leaves():
    ready = (
        '[thresholds.back]\nwhen = {{ field = "city", is = "X" }}\nthen = [{{ reset = "lead", to = {} }}]\n'
    )

    def asked(to):
        bundle = compile_text(SCORE + ASSETS + ON_SUBMIT + DECAY.format("submits") + ready.format(to))
        return [row["rule"] for row in campaign(bundle, "Decay silence 30d")["smart_list"]["filters"]]

    assert "SW Last Active silence" in asked(10)
    assert "SW Last Active silence" not in asked(0)


def test_a_label_at_the_bottom_that_a_decay_gives_opens_by_the_clock_and_one_at_the_top_does_not():
    bands = (
        '[bands.heat]\nscore = "lead"\ncases = [ {{ label = "Hot", at_least = 50 }}, {{ label = "Cool" }} ]\n'
    )
    quiet = '[decay.quiet]\nscore = "lead"\nsteps = [ {{ after = "30d", subtract = 5 }} ]\n'
    threshold = '[thresholds.now]\nwhen = {{ band = "heat", is = "{}" }}\nthen = [ {{ task = "Call" }} ]\n'
    text = SCORE + ASSETS + ON_SUBMIT + (bands + quiet + threshold).replace("{{", "{").replace("}}", "}")
    assert "opened-by-the-clock" in names(compile_text(text.replace('"{}"', '"Cool"')))
    assert "opened-by-the-clock" not in names(compile_text(text.replace('"{}"', '"Hot"')))
