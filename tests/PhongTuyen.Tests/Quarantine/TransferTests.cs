using PhongTuyen.Kernel;
using PhongTuyen.Quarantine;
using PhongTuyen.Quarantine.Contract;
using PhongTuyen.Reporting;
using PhongTuyen.Tests.House;
using PhongTuyen.Tests.Reporting;
using Shouldly;
using Xunit;

namespace PhongTuyen.Tests.Quarantine;

/// <summary>From one house to another: sent, on the way, received or refused; and the figures at both ends.</summary>
[Answers("R10", "R34")]
[Trait("Category", "Database")]
public sealed class TransferTests(FurnishedHouse house) : IClassFixture<FurnishedHouse>
{
    private TestProvince Place => house.Place;

    private sealed record Ends(long HouseA, long WayA, long BedsA, long OutA, long HouseB, long BedsB, long InB, long ArrivedB);

    private async Task<Ends> EndsAsync()
    {
        var (a, b, today) = (await house.FiguresAsync(Place.ClerkA, FigureScope.Of(Place.CampA)), await house.FiguresAsync(Place.ClerkHospitalB, FigureScope.Of(Place.HospitalB)), house.Clock.Today());
        return new(a.Stock(Metric.InHouse), a.Stock(Metric.OnTheWay), a.Stock(Metric.BedsOccupied), a.Flow(Metric.TransferredOut, today), b.Stock(Metric.InHouse), b.Stock(Metric.BedsOccupied), b.Flow(Metric.TransferredIn, today), b.Flow(Metric.Arrived, today));
    }

    [Fact]
    public async Task A_person_is_counted_at_one_end_at_each_step()
    {
        var start = await EndsAsync();
        var stay = await house.StayAsync(Place.ClerkA, Place.CampA, bed: true);
        (await EndsAsync()).ShouldBe(start with { HouseA = start.HouseA + 1, BedsA = start.BedsA + 1 });
        var transfer = (await house.SendAsync(Place.ClerkA, stay, Place.HospitalB)).Value;
        (await EndsAsync()).ShouldBe(start with { HouseA = start.HouseA + 1, BedsA = start.BedsA + 1 }, "sent: still here");
        (await house.SendAsync(Place.ClerkA, stay, Place.HospitalA)).Problem.Code.ShouldBe("transfer.open");
        house.Clock.Advance(TimeSpan.FromMinutes(10));
        (await house.DepartAsync(Place.ClerkA, transfer)).Done.ShouldBeTrue();
        (await EndsAsync()).ShouldBe(start with { WayA = start.WayA + 1, BedsA = start.BedsA + 1 }, "on the way: in neither house, the bed waits in case they come back");
        (await house.EndAsync(Place.ClerkA, stay, StayEnd.Left)).Problem.Code.ShouldBe("stay.not-in-state");
        house.Clock.Advance(TimeSpan.FromMinutes(30));
        var there = (await house.ReceiveAsync(Place.ClerkHospitalB, transfer, bed: true)).Value;
        (await EndsAsync()).ShouldBe(start with { OutA = start.OutA + 1, HouseB = start.HouseB + 1, BedsB = start.BedsB + 1, InB = start.InB + 1 }, "received: moved, not arrived anew");

        var (before, after) = ((await house.LookAsync(Place.ClerkA, stay))!, (await house.LookAsync(Place.ClerkHospitalB, there))!);
        (before.State, before.EndedAs, after.State, after.ViaTransfer, after.Class, after.Tier, after.Reason, after.Severity).ShouldBe((StayState.Ended, StayEnd.Transferred, StayState.InHouse, true, StayClass.Treatment, (short)2, before.Reason, Severity.Mild));
        before.EndedAt!.Value.ShouldBeLessThan(after.ArrivedAt!.Value);
        (await house.ReopenAsync(Place.ClerkA, stay)).Problem.Code.ShouldBe("stay.not-in-state", "what was handed over is not taken back by hand");
        (await house.RefuseAsync(Place.ClerkHospitalB, transfer)).Problem.Code.ShouldBe("transfer.closed");
        (await house.TakeBackAsync(Place.ClerkA, transfer)).Problem.Code.ShouldBe("transfer.closed");
    }

    [Fact]
    public async Task Refused_or_taken_back_the_person_is_where_they_were()
    {
        var start = await EndsAsync();
        var stay = await house.StayAsync(Place.ClerkA, Place.CampA);
        var refused = (await house.SendAsync(Place.ClerkA, stay, Place.HospitalB, leaves: true)).Value;
        (await house.LookAsync(Place.ClerkA, stay))!.State.ShouldBe(StayState.OnTheWay);
        (await house.RefuseAsync(Place.ClerkHospitalB, refused)).Done.ShouldBeTrue();
        var answer = (await house.LookAsync(Place.ClerkA, refused))!;
        (answer.State, answer.Answer, answer.ClosedBy).ShouldBe((TransferState.Refused, "hết giường", Place.ClerkHospitalB));
        (await house.LookAsync(Place.ClerkA, stay))!.State.ShouldBe(StayState.InHouse);

        var back = (await house.SendAsync(Place.ClerkA, stay, Place.HospitalB, leaves: true)).Value;
        (await house.TakeBackAsync(Place.ClerkHospitalB, back)).Problem.Status.ShouldBe(404, "only the sender takes back");
        (await house.TakeBackAsync(Place.ClerkA, back)).Done.ShouldBeTrue();
        (await house.ReceiveAsync(Place.ClerkHospitalB, back)).Problem.Code.ShouldBe("transfer.closed");
        (await EndsAsync()).ShouldBe(start with { HouseA = start.HouseA + 1 });
    }

    [Fact]
    public async Task Only_the_house_that_is_asked_answers_and_one_answer_wins()
    {
        var stay = await house.StayAsync(Place.ClerkA, Place.CampA);
        (await house.SendAsync(Place.ClerkA, stay, Place.CampA)).Problem.Code.ShouldBe("transfer.to-self");
        (await house.SendAsync(Place.ClerkA, stay, Place.CampB, of: StayClass.Treatment)).Problem.Code.ShouldBe("stay.class-not-here");
        (await house.SendAsync(Place.ClerkA, stay, Place.CentreB)).Problem.Code.ShouldBe("stay.no-such-facility");
        var transfer = (await house.SendAsync(Place.ClerkA, stay, Place.HospitalB)).Value;
        (await house.ReceiveAsync(Place.ClerkA, transfer)).Problem.Status.ShouldBe(404);
        (await house.ReceiveAsync(Place.ClerkHospitalA, transfer)).Problem.Status.ShouldBe(404);
        (await house.DepartAsync(Place.ClerkHospitalB, transfer)).Problem.Status.ShouldBe(404);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () => i % 2 == 0 ? (await house.ReceiveAsync(Place.ClerkHospitalB, transfer)).Done : (await house.RefuseAsync(Place.ClerkHospitalB, transfer)).Done)));
        answers.Count(done => done).ShouldBe(1);
        (await house.AskAsync<long>("SELECT count(*) FROM pt.quarantine_stay s JOIN pt.quarantine_transfer t ON t.person_id = s.person_id WHERE t.id = $1 AND s.state IN (2, 3, 4)", transfer.Value)).ShouldBe(1);
    }

    [Fact]
    public async Task Who_died_or_never_was_here_is_not_sent_any_more_and_the_other_house_is_told()
    {
        foreach (var dies in new[] { true, false })
        {
            var stay = await house.StayAsync(Place.ClerkA, Place.CampA);
            var transfer = (await house.SendAsync(Place.ClerkA, stay, Place.HospitalB)).Value;
            (dies ? await house.EndAsync(Place.ClerkA, stay, StayEnd.Died) : await house.WithdrawAsync(Place.ClerkA, stay)).Done.ShouldBeTrue();
            (await house.LookAsync(Place.ClerkA, transfer))!.State.ShouldBe(TransferState.Withdrawn);
            (await house.ReceiveAsync(Place.ClerkHospitalB, transfer)).Problem.Code.ShouldBe("transfer.closed");
            (await house.AskAsync<long>("SELECT count(*) FROM pt.notice WHERE account_id = $1 AND intent = $2", Place.ClerkHospitalB.Value, $"transfer/{transfer}/Withdrawn")).ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_term_that_was_set_by_hand_goes_with_the_person()
    {
        var stay = await house.StayAsync(Place.ClerkA, Place.CampA);
        var end = house.Clock.Today().AddDays(25);
        (await house.ReplanAsync(Place.ClerkA, stay, end, "tiếp xúc lại với F0", "88/QĐ")).Done.ShouldBeTrue();
        var transfer = (await house.SendAsync(Place.ClerkA, stay, Place.CampB, of: StayClass.Observation)).Value;
        var there = (await house.LookAsync(Place.ClerkB, (await house.ReceiveAsync(Place.ClerkB, transfer)).Value))!;
        there.PlannedEnd.ShouldBe(end);
        there.PlannedByRule.ShouldNotBe(end);
        (await house.AskAsync<string>("SELECT reason FROM pt.quarantine_stay_plan WHERE stay_id = $1", there.Id.Value)).ShouldBe("tiếp xúc lại với F0");
    }

    [Fact]
    [Answers("R14")]
    public async Task A_departure_that_is_entered_late_keeps_its_time_at_both_ends()
    {
        var stay = (await house.AdmitAsync(Place.ClerkA, house.Admission(await house.PersonAsync(Place.ClerkA), Place.CampA) with { ArrivedAt = house.Clock.GetUtcNow().AddDays(-2) })).Value;
        var (left, arrived) = (house.Clock.GetUtcNow().AddHours(-30), house.Clock.GetUtcNow().AddHours(-29));
        (await house.SendAsync(Place.ClerkA, stay, Place.HospitalB, leaves: true, left: house.Clock.GetUtcNow().AddDays(-3))).Problem.Code.ShouldBe("stay.end-before-arrival");
        (await house.SendAsync(Place.ClerkA, stay, Place.HospitalB, leaves: true, left: house.Clock.GetUtcNow().AddHours(2))).Problem.Code.ShouldBe("kernel.in-future");
        var transfer = (await house.SendAsync(Place.ClerkA, stay, Place.HospitalB, leaves: true, left: left)).Value;
        (await house.ReceiveAsync(Place.ClerkHospitalB, transfer, at: house.Clock.GetUtcNow().AddDays(-3))).Problem.Code.ShouldBe("stay.end-before-arrival", "before the person came to the first house");
        var there = (await house.ReceiveAsync(Place.ClerkHospitalB, transfer, at: arrived)).Value;
        ((await house.LookAsync(Place.ClerkA, stay))!.EndedAt, (await house.LookAsync(Place.ClerkHospitalB, there))!.ArrivedAt).ShouldBe((left, arrived));
    }

    [Fact]
    public async Task A_departure_that_was_entered_after_the_arrival_ends_the_stay_at_the_arrival()
    {
        var stay = await house.StayAsync(Place.ClerkA, Place.CampA, bed: true);
        var transfer = (await house.SendAsync(Place.ClerkA, stay, Place.HospitalB)).Value;
        house.Clock.Advance(TimeSpan.FromMinutes(20));
        var arrived = house.Clock.GetUtcNow();
        house.Clock.Advance(TimeSpan.FromMinutes(40));
        (await house.DepartAsync(Place.ClerkA, transfer)).Done.ShouldBeTrue();
        var receipt = new AnswerTransfer.Receipt(transfer, house.Clock.New<StayId>(), arrived, null, false, Severity.Mild);
        (await house.RunAsync<AnswerTransfer, StayId>(Place.ClerkHospitalB, use => use.ReceiveAsync(receipt with { ArrivedAt = arrived.AddHours(-2) }, CancellationToken.None))).Problem.Code.ShouldBe("stay.end-before-arrival", "before it was sent");
        (await house.RunAsync<AnswerTransfer, StayId>(Place.ClerkHospitalB, use => use.ReceiveAsync(receipt, CancellationToken.None))).Done.ShouldBeTrue();
        (await house.LookAsync(Place.ClerkA, stay))!.EndedAt!.Value.ShouldBe(arrived, TimeSpan.FromMilliseconds(1));
        (await house.AskAsync<bool>("SELECT bool_and(until >= since) FROM pt.quarantine_bed_use WHERE stay_id = $1", stay.Value)).ShouldBeTrue();
    }
}
