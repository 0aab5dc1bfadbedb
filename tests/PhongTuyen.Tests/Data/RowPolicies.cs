namespace PhongTuyen.Tests.Data;

/// <summary>
/// What each guarded table shows, said a second time in plain SQL, apart from the policies themselves. $1 units, $2 provinces, $3 districts,
/// $4 communes, $5 whether names are shown, $6 the account. A new table needs a line here.
/// </summary>
internal static class RowPolicies
{
    private const string Scoped = "(unit_id = ANY ($1) OR province_id = ANY ($2) OR district_id = ANY ($3) OR commune_id = ANY ($4))";
    private const string Named = "$5 AND " + Scoped;
    private const string Tied = "$5 AND person_id IN (SELECT s.person_id FROM pt.person_scope s WHERE s.unit_id = ANY ($1) OR s.province_id = ANY ($2) OR s.district_id = ANY ($3) OR s.commune_id = ANY ($4))";
    private const string TiedNow = "$5 AND (" + Scoped + " OR person_id IN (SELECT s.person_id FROM pt.person_scope s WHERE s.until IS NULL AND (s.unit_id = ANY ($1) OR s.province_id = ANY ($2) OR s.district_id = ANY ($3) OR s.commune_id = ANY ($4))))";
    private const string Unsealed = "(person_id IS NULL OR person_id NOT IN (SELECT x.person_id FROM pt.person_seal x WHERE x.lifted_at IS NULL AND x.id NOT IN (SELECT k.seal_id FROM pt.person_key k WHERE k.account_id = $6 AND k.ended_at IS NULL)))";
    private const string Seals = "$5 AND (unit_id = ANY ($1) OR id IN (SELECT k.seal_id FROM pt.person_key k WHERE k.account_id = $6 AND k.ended_at IS NULL))";
    private const string OfAccounts = "account_id IN (SELECT a.id FROM pt.account a WHERE a.unit_id = ANY ($1) OR a.id = $6)";
    private const string Batches = "(" + Named + " OR account_id = $6 AND closed_at IS NULL OR second_account_id = $6 AND closed_at IS NULL)";
    private const string Entries = "($5 AND batch_id IN (SELECT id FROM pt.paper_batch WHERE " + Batches + ") OR account_id = $6 AND state <= 2 AND batch_id IN (SELECT id FROM pt.paper_batch WHERE account_id = $6 AND closed_at IS NULL)) AND " + Unsealed;
    private const string WorkActs = "$5 AND (" + Scoped + " OR done_by = $6)";
    private const string Corrections = "$5 AND (asked_by = $6 OR " + Scoped + " OR to_unit_id = ANY ($1) OR to_province_id = ANY ($2) OR to_district_id = ANY ($3) OR to_commune_id = ANY ($4)) AND " + Unsealed;
    private const string Everybody = "true";

    /// <summary>Never read in somebody's name: no right to select, whatever the policy says.</summary>
    public const string NotAtAll = "not at all";

    public static readonly IReadOnlyDictionary<string, string> Shown = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["person"] = Tied.Replace("person_id IN", "id IN", StringComparison.Ordinal),
        ["person_scope"] = Named + " AND (because = 8 OR " + Unsealed + ")",
        ["person_seal"] = Seals,
        ["person_key"] = $"seal_id IN (SELECT id FROM pt.person_seal WHERE {Seals})",
        ["person_token"] = Named + " AND " + Unsealed,
        ["person_finding"] = Named + " AND " + Unsealed,
        ["person_match"] = Named + " AND " + Unsealed + " AND " + Unsealed.Replace("person_id IS NULL OR person_id", "other_id IS NULL OR other_id", StringComparison.Ordinal),
        ["person_merge"] = Tied.Replace("person_id IN", "kept_id IN", StringComparison.Ordinal) + " AND " + Tied.Replace("person_id IN", "joined_id IN", StringComparison.Ordinal),
        ["person_document"] = Tied,
        ["person_phone"] = Tied,
        ["person_address"] = Tied,
        ["person_opening"] = "$5 AND (unit_id = ANY ($1) OR account_id = $6)",
        ["person_share"] = "$5 AND (unit_id = ANY ($1) OR to_unit_id = ANY ($1) OR (finding_id IS NULL AND person_id IN (SELECT s.person_id FROM pt.person_scope s WHERE s.until IS NULL AND s.because NOT IN (8, 9) AND (s.unit_id = ANY ($1) OR s.province_id = ANY ($2) OR s.district_id = ANY ($3) OR s.commune_id = ANY ($4))))) AND " + Unsealed,
        ["list_request"] = "$5 AND (unit_id = ANY ($1) OR asked_by = $6)",
        ["quarantine_stay"] = Named,
        ["quarantine_stay_plan"] = Named,
        ["quarantine_decision"] = Named,
        ["quarantine_decision_number"] = Named,
        ["quarantine_transfer"] = "$5 AND (" + Scoped + " OR to_unit_id = ANY ($1) OR to_province_id = ANY ($2) OR to_district_id = ANY ($3) OR to_commune_id = ANY ($4))",
        ["quarantine_bed_use"] = Scoped,
        ["quarantine_reach"] = Everybody,
        ["quarantine_facility"] = Everybody,
        ["quarantine_licence"] = Everybody,
        ["quarantine_room"] = Everybody,
        ["quarantine_bed"] = Everybody,
        ["lab_result"] = TiedNow,
        ["case_record"] = TiedNow,
        ["case_handover"] = "$5 AND (" + Scoped + " OR to_unit_id = ANY ($1))",
        ["case_strengthened"] = Named,
        ["paper_batch"] = Batches,
        ["paper_entry"] = Entries,
        ["paper_file"] = "($5 AND batch_id IN (SELECT id FROM pt.paper_batch WHERE " + Batches + ") OR batch_id IN (SELECT id FROM pt.paper_batch WHERE account_id = $6 AND closed_at IS NULL)) AND id NOT IN (SELECT file_id FROM pt.paper_entry WHERE file_id IS NOT NULL AND NOT " + Unsealed + ")",
        ["paper_double"] = "$5 AND entry_id IN (SELECT id FROM pt.paper_entry WHERE " + Entries + ")",
        ["paper_difference"] = "$5 AND entry_id IN (SELECT id FROM pt.paper_entry WHERE " + Entries + ")",
        ["worklist_item"] = Named,
        ["worklist_act"] = WorkActs,
        ["worklist_act_item"] = $"act_id IN (SELECT id FROM pt.worklist_act WHERE {WorkActs})",
        ["worklist_counter"] = Scoped,
        ["worklist_delta"] = Scoped,
        ["worklist_reach"] = Scoped,
        ["supervision_day"] = "unit_id = ANY ($1)",
        ["supervision_finding"] = "unit_id = ANY ($1)",
        ["supervision_person"] = NotAtAll,
        ["correction_request"] = Corrections,
        ["correction_step"] = $"request_id IN (SELECT id FROM pt.correction_request WHERE {Corrections})",
        ["correction_evidence"] = $"request_id IN (SELECT id FROM pt.correction_request WHERE {Corrections})",
        ["import_run"] = Named,
        ["import_row"] = Named + " AND " + Unsealed,
        ["import_profile"] = Named,
        ["report_delta"] = Scoped,
        ["report_counter"] = Scoped,
        ["oversight_duty"] = Everybody,
        ["oversight_officer"] = Scoped,
        ["oversight_delivery"] = Scoped,
        ["account"] = "unit_id = ANY ($1) OR id = $6",
        ["account_session"] = OfAccounts,
        ["account_deadline"] = Everybody,
        ["account_grant"] = OfAccounts,
        ["account_key"] = OfAccounts,
        ["account_handover"] = "unit_id = ANY ($1)",
        ["account_list"] = "unit_id = ANY ($1)",
        ["account_stop"] = "unit_id = ANY ($1) OR account_id = $6",
        ["account_passkey"] = NotAtAll,
        ["account_passkey_spent"] = NotAtAll,
        ["account_reach"] = NotAtAll,
        ["account_right"] = NotAtAll,
        ["account_secret"] = NotAtAll,
        ["audit_event"] = "unit_id = ANY ($1) OR account_id = $6",
        ["audit_value"] = "$5 AND audit_id IN (SELECT e.id FROM pt.audit_event e WHERE e.unit_id = ANY ($1) OR e.account_id = $6)",
        ["audit_look"] = NotAtAll,
        ["audit_look_slot"] = NotAtAll,
        ["audit_check"] = NotAtAll,
        ["audit_seal"] = NotAtAll,
        ["outbox_message"] = NotAtAll,
        ["support_contact"] = Everybody,
        ["support_report"] = "(account_id = $6 OR " + Scoped + ")",
        ["support_entry"] = "report_id IN (SELECT r.id FROM pt.support_report r WHERE r.account_id = $6 OR r.unit_id = ANY ($1) OR r.province_id = ANY ($2) OR r.district_id = ANY ($3) OR r.commune_id = ANY ($4))",
        ["intent"] = "account_id = $6",
        ["notice"] = "account_id = $6",
        ["unit"] = Everybody,
        ["unit_past"] = Everybody,
        ["unit_merge"] = "(unit_id = ANY ($1) OR into_id = ANY ($1))",
        ["unit_merge_row"] = NotAtAll,
        ["reorganisation_act"] = "(unit_id = ANY ($1) OR kind > 10)",
        ["area_hamlet"] = Everybody,
    };

    /// <summary>Names of offices and hamlets, and whom to call: no person in them, and open before anybody is known.</summary>
    public static readonly IReadOnlyList<string> OpenToNobody = ["unit", "unit_past", "area_hamlet", "support_contact"];

    /// <summary>Public lists and marks of the installation: no row policy, and no right to write for the pages.</summary>
    public static readonly IReadOnlyList<string> Public = ["area", "area_link", "area_link_finding", "area_succession", "area_edition", "installation", "schema_step", "report_fold", "quarantine_reach_mark", "supervision_mark", "key_rotation", "key_rotation_table"];

    /// <summary>Read through a person's open tie as well: the filter of the context shows fewer rows than the policy, never more.</summary>
    public static readonly IReadOnlyList<string> FilterIsNarrower = ["lab_result", "case_record"];
}
