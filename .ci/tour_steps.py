"""The steps of the tour. Each opens what it needs, does it with keys and pointer, and reads the saved file."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
import traceback
from pathlib import Path

from tour_window import App, Display, Fail, Rota, until

STEPS = []


def step(function):
    """A step, in the order of the file; its first line says what must be."""
    STEPS.append(function)
    return function


class Tour:
    """What the steps share."""

    def __init__(self, display, binary, pictures):
        self.display, self.binary, self.pictures = display, binary, pictures
        self.app, self.path = None, None

    def open(self, name, change=None, dialogs=True):
        """Opens a copy of an example, changed before if need be: then as written by hand."""
        source = Path("saved_rotas") / f"{name}.ron"
        self.path = self.display.folder / f"{len(list(self.display.folder.iterdir()))}-{name}.ron"
        if change:
            text = change(source.read_text())
            text = re.sub(r'\n    (seal|revision|saved): .*', "", text)
            self.path.write_text(text)
        else:
            shutil.copy(source, self.path)
        self.app = App(self.display, self.binary, self.path, dialogs=dialogs)
        return self.app

    def start(self, *args, data=None):
        """Opens the start page."""
        self.app = App(self.display, self.binary, *args, data=data)
        return self.app

    def saved(self):
        """Saves, and reads what was saved."""
        return self.app.save(self.path)

    def on_disk_after_save(self):
        """Saves if there is anything to save, and reads what is on disk."""
        self.app.keys("ctrl+s")
        time.sleep(0.3)
        self.app.settle()
        return self.on_disk()

    def kept(self):
        """Copies of unsaved work."""
        files = (self.app.data / "cover-rota").rglob("*")
        return [path for path in files if path.is_file() and path.stat().st_size > 10_000]

    def on_disk(self):
        """Reads the file as it is."""
        return Rota(self.binary, self.path)


def must(condition, what):
    """What must be."""
    if not condition:
        raise Fail(what)


def equal(found, wanted, what):
    """What must be the same."""
    must(found == wanted, f"{what}: {found!r}, and it must be {wanted!r}")


def sessions(rota):
    """The state of each session by its id."""
    rows = rota.records("sessions")
    return {re.match(r'\(id: "([^"]*)"', row).group(1): re.search(r"state: (\w+)", row).group(1) for row in rows}


def on_call(rota):
    """The posts that are held from home."""
    return {re.match(r'\(id: "([^"]*)"', row).group(1) for row in rota.records("posts") if "on_call: true" in row}


# The README's five minutes.


@step
def readme_find_fill_ring(tour):
    """F8, 1, Space, Space: a gap is found, somebody is proposed, asked and agreed, and saved so"""
    app = tour.open("norwich-2016-draft")
    before = tour.on_disk().statuses()
    app.keys("F8", "1")
    equal(tour.saved().statuses()["Proposed"], before["Proposed"] + 1, "proposed after F8 and 1")
    app.keys("space")
    equal(tour.saved().statuses()["Asked"], before["Asked"] + 1, "asked after Space")
    # Two presses at once are one.
    time.sleep(0.7)
    app.keys("space")
    equal(tour.saved().statuses()["Agreed"], before["Agreed"] + 1, "agreed after Space again")


@step
def readme_cost_people_undo(tour):
    """Ctrl+3, Space, Ctrl+2, Ctrl+Z: a session is marked for postponement, people are looked at, it is taken back"""
    app = tour.open("norwich-2016-draft")
    before = sessions(tour.on_disk())
    # Past the day's seven postponed ones and their heading.
    app.keys("ctrl+3", "End", *["Up"] * 9)
    app.keys("space")
    found = sessions(tour.saved())
    changed = [(before[title], state) for title, state in found.items() if state != before[title]]
    equal(changed, [("Running", "ToPostpone")], "what Space changed")
    app.keys("ctrl+2", "ctrl+z")
    equal(sessions(tour.saved()), before, "sessions after Ctrl+Z")


@step
def readme_suggest_accept_undo(tour):
    """F9, Enter, Ctrl+Enter, Ctrl+Z: Enter accepts nothing, Ctrl+Enter all, and one undo takes it back"""
    app = tour.open("norwich-2016-draft")
    unplanned = tour.on_disk()
    before = unplanned.statuses()
    app.keys("F9")
    app.settle(calm=0.8)
    app.keys("Return", "Return", "Escape")
    equal(tour.on_disk_after_save().statuses(), before, "statuses after Enter and Esc")
    app.keys("F9")
    app.settle(calm=0.8)
    app.keys("ctrl+Return")
    rota = tour.saved()
    must(rota.statuses()["Proposed"] > before["Proposed"], f"nothing was proposed: {rota.statuses()}")
    equal(rota.statuses()["Agreed"], before["Agreed"], "agreed")
    short = lambda of: sum(unit["short_minutes_if_agreed"] for unit in of.json["units"])
    must(short(rota) < short(unplanned), f"{short(rota)} minutes short if all agree, {short(unplanned)} before")
    app.keys("ctrl+z")
    equal(tour.saved().statuses(), before, "statuses after one undo")


@step
def readme_one_edit_keeps_the_rest(tour):
    """F9, F8, 1, Ctrl+Enter: an edit on a planned place costs the suggestion no more than that place"""
    app = tour.open("norwich-2016-draft")
    before = tour.on_disk().statuses()
    app.keys("F9")
    app.settle(calm=0.8)
    app.keys("F8")
    app.type("rs")
    app.keys("Return")
    edited = tour.saved().statuses()
    must(edited["Proposed"] > before["Proposed"], "the edit was not taken")
    app.keys("ctrl+Return")
    must(tour.saved().statuses()["Proposed"] > edited["Proposed"] + 1, "the rest of the suggestion was lost")


@step
def readme_crash_and_recover(tour):
    """Killed without saving, the file is whole and the copy is kept for the next start"""
    app = tour.open("norwich-2016-draft")
    before = tour.path.read_text()
    app.keys("F8", "1")
    until("a copy of unsaved work", lambda: tour.kept(), 25)
    app.end()
    equal(tour.path.read_text(), before, "the file itself")
    tour.start(data=app.data)
    must(tour.kept(), "the kept copy is gone after the next start")


# A coordinator's first hour, by keyboard alone.


@step
def keyboard_template_staff_cover(tour):
    """A new rota from a template, staff pasted, initials typed, asked, agreed, saved: without the pointer"""
    app = tour.start()
    tour.path = tour.display.folder / "by-keyboard.ron"
    app.keys("ctrl+n", "Down", "Down")
    app.display.save(tour.pictures / "keyboard_template_staff_cover_new.png")
    app.keys("Tab")
    app.type("28/4/2027")
    app.keys("Return")
    before = app.display.sum()
    app.keys("ctrl+s")
    # Where no file dialog of the system is to be had, the program asks for a path, as soon as it knows.
    until("the question where to save", lambda: app.display.sum() != before)
    app.settle(calm=1.0)
    app.display.save(tour.pictures / "keyboard_template_staff_cover_path.png")
    app.fill(str(tour.path))
    app.keys("Return")
    until("the new file", tour.path.exists)
    app.settle()
    rota = tour.on_disk()
    equal(re.findall(r'from: "([^T"]*)', rota.part("windows")), ["2027-04-28"], "the day of the one-day template")
    known = len(rota.records("people"))
    rows = ["Initials\tFamily\tGiven\tGrade\tSpecialty\tTelephone", "QA\tQuayle\tAnna\tConsultant\tED\t01603 000001",
            "QB\tQuigley\tBen\tConsultant\tED\t01603 000002", "QC\tQuinn\tCara\tSpecialty doctor\tED\t01603 000003"]
    app.clipboard("\n".join(rows) + "\n")
    app.command("Paste people")
    app.display.save(tour.pictures / "keyboard_template_staff_cover_paste.png")
    app.keys("ctrl+Return")
    equal(len(tour.saved().records("people")), known + 3, "people after the paste")
    app.keys("F8")
    app.type("qa")
    app.keys("ctrl+Return")
    equal(tour.saved().statuses()["Proposed"], 1, "proposed after typing QA")
    app.keys("space")
    equal(tour.saved().statuses()["Asked"], 1, "asked after Space")
    # Two presses at once are one.
    time.sleep(0.7)
    app.keys("space")
    rota = tour.saved()
    equal(rota.statuses()["Agreed"], 1, "agreed after Space again")
    must(rota.exit == 1, f"one doctor covers nothing: {rota.verdict}")
    app.keys("slash")
    app.display.save(tour.pictures / "keyboard_template_staff_cover_declined.png")
    app.keys("Return")
    if tour.on_disk_after_save().statuses()["Agreed"]:
        app.keys("Tab", "Return")
    equal(tour.on_disk_after_save().statuses()["Agreed"], 0, "agreed after /")
    app.keys("ctrl+z", "ctrl+c", "Right", "ctrl+1", "ctrl+2", "ctrl+3", "ctrl+1")
    must(app.is_running(), "the program ended")


# The ways to harm, as what must be.


@step
def harm_hours_with_nothing_to_compare(tour):
    """A walkout from 07:00 over staffing from 08:00 is not covered"""
    tour.open("dorset-2016", lambda text: text.replace('T08:00", to: "2016', 'T07:00", to: "2016'))
    rota = tour.on_disk()
    must("T07:00" in rota.part("windows"), "the example has other times")
    must(rota.exit == 1 and rota.verdict != "covered", f"check says {rota.verdict}, exit {rota.exit}")


@step
def harm_example_staffing(tour):
    """On a template's example staffing nothing is covered"""
    path = tour.display.folder / "template.ron"
    subprocess.run([tour.binary, "new", "--template", "walkout-2016", "--out", path], check=True, capture_output=True)
    tour.path = path
    tour.start(path)
    rota = tour.on_disk()
    must(any(each["code"] == "COV-6" for each in rota.json["findings"]), "no COV-6 for example staffing")
    must(rota.exit == 1, f"check says {rota.verdict}")


@step
def harm_a_held_key(tour):
    """Ctrl+A and Space held down make nobody agree who was never asked"""
    app = tour.open("norwich-2016-draft", lambda text: text.replace("status: Agreed", "status: Proposed"))
    app.keys("F8", "ctrl+a")
    app.xdo("keydown", "space")
    time.sleep(1.5)
    app.xdo("keyup", "space")
    app.settle()
    app.keys("Escape")
    equal(tour.on_disk_after_save().statuses()["Agreed"], 0, "agreed")


@step
def harm_grades_that_are_pasted(tour):
    """A pasted registrar is nobody on consultants' terms, and marking all trainees asks first"""
    app = tour.open("norwich-2016-draft")
    before = len(tour.on_disk().records("people"))
    rows = ["Initials\tFamily\tGiven\tGrade\tSpecialty", "ZA\tAshdown\tZoe\treg\tED", "ZB\tBowyer\tZak\tCons O&G\tO&G",
            "ZC\tCole\tZia\tST4\tED", "ZD\tDunn\tZed\tDr\tED"]
    app.clipboard("\n".join(rows) + "\n")
    app.command("Paste people")
    app.keys("ctrl+Return")
    rota = tour.saved()
    people = rota.records("people")
    equal(len(people), before + 4, "people after the paste")
    rules = {re.search(r'initials: "(\w+)"', row).group(1): re.search(r"rules: (\w+)", row).group(1) for row in people}
    for who in ("ZA", "ZC"):
        must(rules[who] not in ("Wtr", "Compensatory"), f"{who} is under {rules[who]}")
    known = rota.text.count("NotAvailable")
    app.command("Mark all", "Mark everyone under")
    app.keys("Escape", "Escape")
    equal(tour.on_disk_after_save().text.count("NotAvailable"), known, "not available, though nothing was answered")


@step
def harm_keys_act_on_the_ring(tour):
    """In Sessions, Space on a group's heading folds it and postpones nothing"""
    app = tour.open("norwich-2016-draft")
    before = sessions(tour.on_disk())
    app.keys("ctrl+3", "Home", "space", "Down", "space")
    app.keys("Escape")
    equal(sessions(tour.on_disk_after_save()), before, "sessions")


@step
def harm_not_saved_is_kept(tour):
    """Closed with Don't save, the file is as it was and the copy is kept"""
    app = tour.open("norwich-2016-draft")
    before = tour.path.read_text()
    app.keys("F8", "1")
    until("a copy of unsaved work", tour.kept, 25)
    for way in (["Tab"], ["shift+Tab"], ["Tab", "Tab"]):
        if app.is_running():
            app.keys("ctrl+q", *way)
            app.display.save(tour.pictures / "harm_not_saved_is_kept_asked.png")
            app.xdo("key", "Return")
            time.sleep(1)
            app.is_running() and app.settle()
    must(not app.is_running(), "no button of the question closes without saving")
    equal(tour.path.read_text(), before, "the file")
    must(tour.kept(), "the kept copy is gone")
    tour.start(data=app.data)
    must(tour.kept(), "the kept copy is gone after the next start")


@step
def harm_f8_goes_to_the_empty_place(tour):
    """With everybody proposed and one post empty, F8 and 1 fill the empty post"""
    change = lambda text: re.sub(r'\n            \(id: "a1",.*?note: ""\),', "", text, count=1, flags=re.S)
    app = tour.open("dorset-2016", lambda text: change(text).replace("status: Agreed", "status: Proposed"))
    source = Path("saved_rotas/dorset-2016.ron").read_text()
    post = re.search(r'\(id: "a1", post: "([^"]*)"', source).group(1)
    before = {row["id"] for row in tour.on_disk().assignments()}
    app.keys("F8", "1")
    new = [row for row in tour.saved().assignments() if row["id"] not in before]
    equal([row["post"] for row in new], [post], "the post that was filled")


@step
def harm_the_palette_does_what_it_shows(tour):
    """Ctrl+K, a few letters and Enter change nobody's availability without a question"""
    app = tour.open("norwich-2016-draft")
    before = tour.on_disk().text.count("NotAvailable")
    app.keys("ctrl+k")
    app.type("edit ab")
    app.display.save(tour.pictures / "harm_the_palette_does_what_it_shows_list.png")
    app.keys("Return", "Escape", "Escape")
    equal(tour.on_disk_after_save().text.count("NotAvailable"), before, "people not available")


@step
def harm_times_typed_backwards(tour):
    """Change time 12:30 to 09:00 asks before it makes twenty hours of it"""
    app = tour.open("norwich-2016-draft")
    app.keys("F8", "1")
    tour.saved()
    app.keys("ctrl+t", "Tab")
    app.fill("12:30")
    app.keys("Tab", "Tab")
    app.fill("09:00")
    app.keys("Return")
    app.display.save(tour.pictures / "harm_times_typed_backwards_asked.png")
    app.keys("Escape", "Escape", "Escape")
    rows = tour.on_disk_after_save().assignments()
    must(not any(row["from"].endswith("12:30") and row["to"].endswith("09:00") for row in rows), "20 h were taken")


@step
def harm_refusals_stay(tour):
    """Del on an empty gap forgets no refusal"""
    app = tour.open("norwich-2016-draft")
    before = tour.on_disk().statuses()["Declined"]
    must(before == 1, "the example has other refusals")
    app.keys("F8", "F8", "Delete", "F8", "Delete")
    equal(tour.on_disk_after_save().statuses()["Declined"], before, "declined")


@step
def harm_only_who_is_seen(tour):
    """Edit several people with a filter changes nobody who is filtered out"""
    app = tour.open("norwich-2016-draft")
    before = {row: True for row in tour.on_disk().records("people")}
    app.command("several people")
    # All of the first group are ticked, then the filter shows only one person of another.
    app.keys("Tab", "space", "shift+Tab")
    app.fill("Khalid")
    app.keys("Tab", "space", "Tab", "Tab", "Tab", "Tab", "Tab", "Return", "Down", "Return")
    app.display.save(tour.pictures / "harm_only_who_is_seen_filtered.png")
    app.keys("ctrl+Return")
    app.display.save(tour.pictures / "harm_only_who_is_seen_asked.png")
    app.keys("ctrl+Return")
    changed = [row for row in tour.on_disk_after_save().records("people") if row not in before]
    must(all("Khalid" in row for row in changed), f"changed though not shown: {changed}")


@step
def harm_another_name(tour):
    """Another family name typed over somebody who agreed is asked about"""
    app = tour.open("norwich-2016-draft")
    app.keys("ctrl+f")
    app.type("Grant")
    app.keys("Down", "Return")
    app.command("Edit person")
    app.display.save(tour.pictures / "harm_another_name_dialog.png")
    app.keys("Tab")
    app.fill("Somebody")
    app.keys("ctrl+Return")
    app.display.save(tour.pictures / "harm_another_name_asked.png")
    app.keys("Escape", "Escape", "Escape")
    rota = tour.on_disk_after_save()
    if "Somebody" in rota.part("people"):
        agreed = rota.assignments(person="hg", status="Agreed")
        equal(len(agreed), 0, "agreed under another name without a question")


@step
def harm_only_those_posts(tour):
    """Who may cover only one post of a unit is suggested for no other"""
    def change(text):
        text = re.sub(r"\n        assignments: \[.*?\n        \],", "\n        assignments: [],", text, flags=re.S)
        one = r'\1, only: ["mat-anaes"]'
        return re.sub(r'(\(id: "al",.*?up_to: "cons"), only: \[[^\]]*\]', one, text, count=1, flags=re.S)

    app = tour.open("norwich-2016-draft", change)
    must('only: ["mat-anaes"]' in tour.path.read_text(), "the example has another anaesthetist")
    app.keys("F9")
    until("the suggestion", lambda: app.settle(calm=1.5) is None, 30)
    app.keys("ctrl+Return")
    rota = tour.saved()
    must(len(rota.assignments()) > 10, "little was suggested")
    wrong = [row for row in rota.assignments(person="al") if row["post"] != "mat-anaes"]
    must(not wrong, f"AL may cover one post only: {wrong}")


@step
def harm_a_day_is_moved(tour):
    """A walkout day moved to another date asks what moves with it"""
    app = tour.open("norwich-2016-draft")
    before = tour.on_disk().part("sessions")
    app.command("Walkout times", "Windows")
    app.keys("Tab")
    app.fill("Mon 25-Apr-2016")
    app.keys("ctrl+Return")
    app.display.save(tour.pictures / "harm_a_day_is_moved_asked.png")
    app.keys("Escape", "Escape", "Escape")
    rota = tour.on_disk_after_save()
    must("2016-04-25" not in rota.part("windows"), "the day moved without a question")
    equal(rota.part("sessions"), before, "sessions")


@step
def harm_nobody_works_too_long(tour):
    """Suggested cover for four nights puts nobody on call beside work, and leaves nobody too little rest"""
    app = tour.open("nights-2025")
    before = tour.on_disk()
    app.keys("F9")
    until("the suggestion", lambda: app.settle(calm=1.5) is None, 30)
    app.keys("ctrl+Return")
    rota = tour.saved()
    rows, home = [row for row in rota.assignments() if row["status"] != "Declined"], on_call(rota)
    for new in [row for row in rows if row["id"].startswith("plan-")]:
        for other in rows:
            meets = other["person"] == new["person"] and other["from"] < new["to"] and new["from"] < other["to"]
            must(not (meets and (other["post"] in home) != (new["post"] in home)), f"on call beside work: {new}, {other}")
    rests = lambda of: sum(each["code"] == "RST-1" for each in of.json["findings"])
    must(rests(rota) <= rests(before), f"{rests(rota)} short rests, {rests(before)} before")


# With the pointer.


@step
def pointer_drags_an_edge(tour):
    """An edge dragged two hours on is saved so, and one undo takes it back"""
    app = tour.open("norwich-2016-draft")
    times = lambda rota: {row["id"]: (row["from"], row["to"]) for row in rota.assignments()}
    before = times(tour.on_disk())
    # ZH begins at 10:00 on the fourth lane of Majors SHO.
    app.xdo("mousemove", 636, 442)
    app.settle()
    app.xdo("mousedown", 1)
    for x in range(646, 757, 10):
        app.xdo("mousemove", x, 442)
        app.settle(calm=0.05)
    app.xdo("mouseup", 1)
    app.settle()
    found = times(tour.saved())
    changed = [(before[one], found[one]) for one in before if found.get(one) != before[one]]
    equal([(was[0][-5:], now[0][-5:]) for was, now in changed], [("10:00", "12:00")], "what the drag changed")
    app.keys("ctrl+z")
    equal(times(tour.saved()), before, "times after one undo")


@step
def pointer_opens_paste_people(tour):
    """Rota, People, Paste people… by pointer adds the people that were copied"""
    app = tour.open("norwich-2016-draft")
    before = len(tour.on_disk().records("people"))
    app.clipboard("Initials\tFamily\tGiven\tGrade\tSpecialty\nQA\tQuayle\tAnna\tConsultant\tED\n")
    for x, y in ((91, 14), (150, 373), (414, 501)):
        app.click(x, y)
    app.display.save(tour.pictures / "pointer_opens_paste_people_dialog.png")
    app.keys("ctrl+Return")
    equal(len(tour.saved().records("people")), before + 1, "people after the paste")


@step
def pointer_opens_the_menu_of_a_gap(tour):
    """A right click on a gap opens its menu; Type initials there fills all of the gap"""
    app = tour.open("norwich-2016-draft")
    before = {row["id"] for row in tour.on_disk().assignments()}
    app.click(690, 322, button=3)
    app.click(765, 541)
    app.type("rs")
    app.keys("Return")
    new = [row for row in tour.saved().assignments() if row["id"] not in before]
    equal([(row["from"][-5:], row["to"][-5:]) for row in new], [("10:00", "12:00")], "who was put there")


@step
def export_writes_what_is_chosen(tour):
    """Ctrl+E writes the format chosen by keys where it is told to: what the command line prints of the same file"""
    app = tour.open("norwich-2016-draft", dialogs=False)
    out = tour.display.folder / "shifts"
    app.keys("ctrl+e", "Down")
    app.display.save(tour.pictures / "export_writes_what_is_chosen_format.png")
    # A format below its neighbours, chosen with the arrow, is confirmed as any dialog is.
    app.keys("ctrl+Return")
    app.fill(str(out))
    app.keys("Return")
    written = out.with_suffix(".csv")
    until("the file", written.exists)
    printed = subprocess.run([str(tour.binary), "export", str(tour.path), "--to", "csv"], capture_output=True)
    equal(written.read_bytes().splitlines(), printed.stdout.splitlines(), "what was written")
    must(len(printed.stdout.splitlines()) > 50, "a row for each shift")


@step
def closing_names_what_is_typed(tour):
    """Letters in a cell that mean nobody keep the window open until somebody has answered"""
    app = tour.open("norwich-2016-draft")
    app.keys("F8")
    app.xdo("type", "--delay", "10", "zz")
    app.xdo("key", "alt+F4")
    app.settle()
    must(app.is_running(), "the window closed without a question")
    app.keys("Escape", "Escape")
    app.xdo("key", "alt+F4")
    until("the window to close", lambda: not app.is_running())
    # That it has ended is what must be.
    tour.app = None


def go(step, display, binary, pictures):
    """Takes one step and leaves its picture; what was wrong, or None."""
    tour = Tour(display, binary, pictures)
    try:
        step(tour)
        if tour.app:
            must(tour.app.is_running(), "the program ended by itself")
        said = None
    except Fail as fail:
        said = str(fail)
    except subprocess.CalledProcessError as error:
        said = f"{' '.join(map(str, error.cmd))}: {(error.stderr or b'').decode().strip()}"
    except Exception:
        said = traceback.format_exc().strip()
    display.save(pictures / f"{step.__name__}.png")
    if tour.app:
        tour.app.end()
    return said


def main():
    """Runs the steps, prints what came of each, and says so with the exit status."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary")
    parser.add_argument("--pictures", default="target/tour")
    parser.add_argument("steps", nargs="*", help="names or parts of names")
    args = parser.parse_args()
    folder = Path(os.environ.get("CARGO_TARGET_DIR", "target"))
    built = [folder / kind / "cover-rota" for kind in ("release", "debug")]
    built = sorted((path for path in built if path.exists()), key=lambda path: -path.stat().st_mtime)
    binary = Path(args.binary) if args.binary else built[0] if built else None
    if binary is None or not binary.exists():
        print("TOUR SKIPPED: no program built; cargo build first.", file=sys.stderr)
        return 77
    binary = binary.resolve()
    pictures = Path(args.pictures)
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    chosen = [each for each in STEPS if not args.steps or any(part in each.__name__ for part in args.steps)]
    failed, begun = [], time.monotonic()
    display = Display()
    try:
        for each in chosen:
            since = time.monotonic()
            said = go(each, display, binary, pictures)
            if said is not None:
                # A key can be lost on a computer that is busy with other work: what fails twice has failed.
                print(f"again  {each.__name__}: {said}", flush=True)
                said = go(each, display, binary, pictures)
            print(f"{'pass' if said is None else 'FAIL'}  {time.monotonic() - since:4.1f} s  {each.__doc__.strip()}", flush=True)
            if said is not None:
                failed.append(each.__name__)
                print(f"      {each.__name__}: {said}", flush=True)
    finally:
        display.close()
    count = f"{len(chosen) - len(failed)} of {len(chosen)} steps passed"
    print(f"{count} in {time.monotonic() - begun:.0f} s; pictures in {pictures}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
