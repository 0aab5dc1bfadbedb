using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace PhongTuyen.Cli.Documents;

/// <summary>
/// The acts over many at one press, and how each is taken back: <c>docs/bulk-acts.md</c>. A test finds the use-cases that take a collection of ids or answer how many, and the pages with rows to tick, and asks for a line here.
/// </summary>
public static partial class BulkActs
{
    /// <param name="At">Pages by name, or the command.</param>
    /// <param name="Does">The use-case: <c>EndStay.RunManyAsync</c>.</param>
    /// <param name="Back">The use-case that takes it back; null: nothing does, and <paramref name="Until"/> says why and what is done instead.</param>
    /// <param name="Until">What later entry stands in the way.</param>
    /// <param name="Listed">Where what depends is listed.</param>
    /// <param name="Tests">Those that prove it.</param>
    public sealed record BulkAct(string Act, string[] At, string Does, string? Back, string Until, string Listed, params string[] Tests);

    private const string OnPage = "on the page, each record with why and its link";

    public static readonly IReadOnlyList<BulkAct> All =
    [
        new("Everybody who was ticked leaves", ["Quarantine/Desk/Day"], "EndStay.RunManyAsync", "ReopenStay.RunManyAsync", "one of the stays was opened again or changed since, or the person stays elsewhere by now", OnPage,
            "A_list_that_left_together_is_in_house_again_unless_somebody_went_on_with_one_of_them", "What_stands_in_the_way_of_taking_a_list_back_is_listed_with_links"),
        new("Everybody who was ticked gets a free bed", ["Quarantine/Desk/Day"], "AssignBed.RunManyAsync", "AssignBed.GiveBackAsync", "one of them lies in another bed, or left, or their bed of before is taken. Who had a bed by then was left where they lay, and is named in the note", OnPage,
            "Whoever_got_a_bed_from_another_tab_is_left_where_they_lie_and_named", "Beds_that_were_given_together_go_back_as_they_were_unless_somebody_lies_elsewhere_since"),
        new("Findings are closed together", ["People/Desk/Findings"], "CloseFindings.RunAsync", "CloseFindings.UndoAsync", "one was opened or decided anew, or the same was found again", OnPage,
            "Findings_closed_together_are_open_again_unless_one_was_decided_or_found_anew"),
        new("Pairs are decided to be two persons each", ["People/Desk/Matches", "People/Desk/Match"], "DecideMatches.RunAsync", "DecideMatches.UndoAsync", "one was decided anew, or its records were merged", OnPage,
            "Pairs_decided_together_wait_again_unless_one_was_decided_anew"),
        new("Work is given, handed back, or decided together (corrections too)", ["Worklists/Desk/List"], "ActOnWork.RunAsync", "UndoWork.RunAsync", "one of the items has gone on; of a correction, the record was changed since", "on the page of the act (Worklists/Desk/Act), before anything is pressed",
            "A_bulk_act_is_one_row_of_the_audit_and_is_taken_back_while_nothing_later_depends_on_it", "Many_are_decided_alike_with_a_look_ahead_in_one_row_of_the_audit_and_taken_back_together", "Who_asked_takes_no_decision_about_it_back_alone_or_together"),
        new("All clean papers of a batch go into the register", ["Papers/Desk/Batch"], "TakePaper.AllAsync", "TakeBackPapers.RunAsync", "something was written about one of the persons (a stay, case, result, correction, merge, share, seal, emergency opening), or the person or the paper was changed", OnPage,
            "Papers_wait_as_before_and_the_persons_made_of_them_are_gone", "What_was_written_about_one_of_them_since_is_listed_and_nothing_is_taken_back"),
        new("A list is taken in: persons, stays, cases, results, facilities", ["Imports/Desk/Import", "phongtuyen import"], "SteerImport.StartAsync", "SteerImport.UndoAsync",
            "a later entry needs what the list made: stays, transfers, decisions, cases, results, corrected persons, merges, corrections asked for, shares, seals, openings, facilities in use, or entries of another area", "in the refusal: each kind with how many (of other areas only that there are)",
            "An_import_on_which_later_entries_depend_is_not_undone_and_says_what_they_are", "An_import_whose_person_another_district_took_over_is_not_undone", "An_import_is_not_undone_while_a_correction_is_asked_for_of_one_of_its_persons", "A_list_is_tried_taken_in_found_again_and_taken_back"),
        new("A household moves, or two become one", ["People/Desk/Household"], "MoveHousehold.RunAsync", "MoveHousehold.UndoAsync", "one of them moved on, or is not seen any more", "in the refusal, without names", "Two_households_become_one_with_one_head_and_two_again", "Nothing_is_taken_back_over_somebody_elses_change_and_nobody_of_another_area_is_moved"),
        new("Accounts are made of a list", ["Accounts/Desk/List"], "MakeListedAccounts.RunAsync", "MakeListedAccounts.UndoAsync", "an account stays once its slip was handed out; the others of the list go", "on the page of the list, row by row", "What_was_made_of_a_list_is_taken_back_whole_while_nobody_has_a_slip"),
        new("An account is handed over: roles, notices, work", ["Accounts/Desk/HandOver"], "HandOverAccount.RunAsync", "HandOverAccount.UndoAsync", "what was given was handed on to a third; that hand-over is taken back first", "in the refusal; the hand-overs stand on the page of the account",
            "It_is_taken_back_whole_but_for_notices_that_were_read", "What_was_handed_on_is_taken_back_in_the_opposite_order_and_a_later_end_stays", "Whoever_leaves_hands_their_work_on_with_their_roles_and_gets_it_back_with_them"),
        new("The officers of one duty are named for another", ["Oversight/Desk/Duty"], "NameOfficers.CopyAsync", "NameOfficers.UncopyAsync", "who was changed by hand since stays", "nothing is refused", "The_officers_of_one_duty_are_named_for_another_and_that_is_taken_back"),
        new("A unit is made, moved, merged, divided or closed", ["Units/Desk/Act"], "PlanUnitAct.RunAsync", "EndAct.UndoAsync", "a later act builds upon it, or records, units or accounts were added to the new unit", "in the refusal: the papers of the later acts", "What_later_acts_build_upon_is_undone_after_them"),
        new("The areas of a province are reformed", ["Areas/Desk/Pages/Reform", "phongtuyen areas reform"], "ReformAreas.RunAsync", "EndAct.UndoAsync", "a later act builds upon it, or persons were entered under the new areas", "in the refusal: the papers of the later acts", "A_resolution_is_read_from_its_file_looked_at_done_and_taken_back"),
        new("A unit that an import made is merged into the real one", ["Units/Desk/Unit"], "MergeUnit.RunAsync", "UnmergeUnit.RunAsync", "anything was entered since under either of the two units (a stay, case, result, person, finding, correction, list, account, role, room …: what a list or a clerk then wrote there may belong to either, and nobody could say to which), a record that moved was changed, a later act or merge touches one of the two, or the receiving unit is closed. What was merged before this was kept cannot be taken back", OnPage + "; persons whom a manager of units does not see by kind and number",
            "Whatever_a_merge_of_units_moved_is_where_it_was_after_it_is_taken_back", "What_came_since_a_merge_of_units_is_listed_and_nothing_is_taken_back", "Each_kind_of_entry_under_the_receiving_unit_stands_in_the_way", "A_merge_of_units_is_taken_back_from_its_note_or_later_and_what_stands_in_the_way_is_listed_with_links"),
        new("Rooms with their beds are added", ["Quarantine/Desk/Rooms"], "RunFacility.RunAsync(AddRooms)", "RunFacility.UndoAsync", "one of the beds was ever given to somebody", "on the page, each stay with its bed and link", "Rooms_that_were_added_at_one_press_are_gone_again_unless_a_bed_was_given_to_somebody", "Rooms_added_by_mistake_are_taken_back_from_the_page_and_a_bed_that_was_given_stands_in_the_way"),
        new("Slips with first passwords are printed", ["Accounts/Desk/Slips"], "IssueSlips.RunAsync", null, "by design: what was on paper is known. An account whose slip went astray gets a new first password (ReissueAccount) or is suspended", "—", "A_list_becomes_accounts_once_and_each_signs_in_with_its_slip"),
        new("Units without accounts are reminded", ["Accounts/Desk/Coverage"], "RemindOfAccounts.RunAsync", null, "by design: a letter that left is not called back. Once a day, so that pressing twice sends nothing twice", "—", "The_nearest_manager_is_reminded_once_a_day_by_hand_and_by_itself_and_by_mail"),
        new("Units that owe data are reminded", ["Oversight/Desk/Duty"], "RemindOfDuties.RunAsync", null, "as above", "—", "The_named_and_behind_them_the_managers_are_reminded_once_before_and_once_a_day_when_late"),
        new("Letters that stayed behind are sent again", ["Audit/Desk/Index"], "SendAgain.RunAsync", null, "by design: a letter that left is not called back", "—", "A_server_that_refuses_for_a_while_is_asked_again_with_longer_pauses_and_in_the_end_a_person_is"),
        new("The keys of the sealed fields are changed", ["phongtuyen keys rotate"], "RotateKeys.RunAsync", null, "by design: the old key is to go out of use. Interrupted it goes on; another change makes another key; a backup from before opens with the key file of before", "—", "Ended_at_any_point_it_goes_on_there_and_nobody_notices_on_the_way"),
    ];

    /// <summary>Use-cases that take ids or answer a number, and are no acts over many: why.</summary>
    public static readonly IReadOnlyDictionary<string, string> NotBulk = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ActOnWork.PreviewAsync"] = "the look ahead: nothing is kept",
        ["PlanUnitAct.PreviewAsync"] = "the look ahead: nothing is kept",
        ["ReformAreas.PreviewAsync"] = "the look ahead: nothing is kept",
        ["FindPersons.RunAsync"] = "reads",
        ["AskCorrection.RunAsync"] = "one request; the files are its papers. It is withdrawn by who asked",
        ["AddPaperFiles.RunAsync"] = "scans for one batch, answered one by one; each is taken out again while nobody has typed from it",
        ["DecidePaper.RunAsync"] = "one paper; decided anew as often as needed",
        ["TypePaper.RunAsync"] = "one paper; corrected by who typed it until the unit settles it",
        ["KeepHamlets.RunAsync(Add)"] = "one hamlet: the number is its id",
        ["SealPerson.RunAsync"] = "one person, with those who are named for it; lifted by itself",
        ["SettleAreaLink.RunAsync(Link)"] = "one row of the national list; a later decision about it takes the earlier one back",
    };

    /// <summary>As the table names a use-case: with the name of its input where there are several of one name.</summary>
    public static string Key(MethodInfo method)
    {
        var name = $"{method.DeclaringType!.Name}.{method.Name}";
        return method.DeclaringType.GetMethods().Count(other => other.Name == method.Name) > 1 ? $"{name}({method.GetParameters()[0].ParameterType.Name})" : name;
    }

    /// <summary>The file of a test, by its name; null where there is none.</summary>
    public static string? FileOf(string root, string test) => Tests(new SourceText(root)).GetValueOrDefault(test);

    private static Dictionary<string, string> Tests(SourceText source) =>
        source.Files("tests", "*.cs").SelectMany(path => Test().Matches(File.ReadAllText(path)).Select(match => (Name: match.Groups[1].Value, File: source.Relative(path)))).DistinctBy(one => one.Name).ToDictionary(one => one.Name, one => one.File, StringComparer.Ordinal);

    internal static string Document(SourceText source)
    {
        var tests = Tests(source);
        var text = new StringBuilder("""
            # Acts over many

            What changes several records at one press, how it is taken back, and until what. An undo is whole or not at all: it is refused while something later depends on it, what depends is listed, and it stands in the audit with a reason. What was
            done together with persons, findings, beds, rooms and papers on a page is taken back by who did it, from the note that follows it or, later, from “What you did at one press and can still take back” on that page. What is the unit's (work and, with it, corrections; lists; accounts; officers; units and areas) is
            taken back by whoever of it may do the act, on the page of the act; but who asked for a correction neither decides it nor takes the decision back. Most records can also be taken back one by one on their own page. Made from the code by `./phongtuyen docs`; a test compares it, and finds the acts by itself.

            | act | where | done by | taken back by | until | what depends is listed | proven by |
            |---|---|---|---|---|---|---|

            """);
        foreach (var act in All)
            text.Append(CultureInfo.InvariantCulture, $"| {act.Act} | {string.Join("<br>", act.At.Select(At))} | `{act.Does}` | {(act.Back is { } back ? $"`{back}`" : "**not taken back**")} | {act.Until} | {act.Listed} | {string.Join("<br>", act.Tests.Select(test => tests.TryGetValue(test, out var file) ? $"[{test.Replace('_', ' ')}](../{file})" : test))} |\n");
        text.Append("\n## What looks like one and is none\n\n| use-case | why |\n|---|---|\n");
        foreach (var (key, why) in NotBulk.OrderBy(pair => pair.Key, StringComparer.Ordinal)) text.Append(CultureInfo.InvariantCulture, $"| `{key}` | {why} |\n");
        return text.ToString();
    }

    private static string At(string at) => at.StartsWith("phongtuyen", StringComparison.Ordinal) ? $"`./{at}`" : $"[{at}](../src/PhongTuyen.Web/{at}.cshtml)";

    [GeneratedRegex(@"public (?:async )?(?:Task|void) ([A-Z]\w+)\(")]
    private static partial Regex Test();
}
