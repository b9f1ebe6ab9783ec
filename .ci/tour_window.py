"""A display, a window manager and the program, driven by keys and pointer; states are waited for, not times."""

import json
import mmap
import os
import re
import shutil
import signal
import struct
import subprocess
import tempfile
import time
import zlib
from pathlib import Path

WIDTH, HEIGHT = 1366, 768
OPENBOX = """<?xml version="1.0"?><openbox_config xmlns="http://openbox.org/3.4/rc">
<keyboard><keybind key="A-F4"><action name="Close"/></keybind></keyboard>
<applications><application class="*"><decor>no</decor><maximized>yes</maximized><focus>yes</focus></application>
</applications></openbox_config>"""


class Fail(Exception):
    """What a step found that must not be."""


def until(what, test, seconds=20.0, every=0.05):
    """Waits for something; says what did not come."""
    end = time.monotonic() + seconds
    while True:
        found = test()
        if found:
            return found
        if time.monotonic() > end:
            raise Fail(f"waited {seconds:.0f} s for {what}")
        time.sleep(every)


class Display:
    """A virtual screen whose picture is read straight from its frame buffer."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="cover-rota-tour-"))
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(self.folder),
             "-nolisten", "tcp", "-noreset"], pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise Fail("Xvfb gives no display")
        self.env = {**os.environ, "DISPLAY": f":{number}", "LIBGL_ALWAYS_SOFTWARE": "1", "LC_ALL": "C.UTF-8"}
        self.env.pop("WAYLAND_DISPLAY", None)
        self.env.pop("DBUS_SESSION_BUS_ADDRESS", None)
        rc = self.folder / "openbox.xml"
        rc.write_text(OPENBOX)
        frame = self.folder / "Xvfb_screen0"
        until("the frame buffer", frame.exists)
        with open(frame, "rb") as file:
            self.memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        head = struct.unpack(">25I", self.memory[:100])
        self.start, self.stride = head[0] + head[19] * 12, head[12]
        self.manager = subprocess.Popen(["openbox", "--config-file", str(rc)], env=self.env,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # Over the grid the pointer would open cards.
        self.call = lambda *args: subprocess.run(["xdotool", *map(str, args)], env=self.env, capture_output=True)
        until("the server", lambda: self.call("mousemove", WIDTH - 2, HEIGHT - 2).returncode == 0)

    def picture(self):
        """All pixels as they are."""
        return self.memory[self.start:self.start + self.stride * HEIGHT]

    def sum(self):
        """A number that tells two pictures apart."""
        return zlib.crc32(self.picture())

    def save(self, path):
        """Writes what is seen as a PNG."""
        pixels, rows = self.picture(), []
        for y in range(HEIGHT):
            row = pixels[y * self.stride:y * self.stride + WIDTH * 4]
            out = bytearray(WIDTH * 3)
            out[0::3], out[1::3], out[2::3] = row[2::4], row[1::4], row[0::4]
            rows.append(b"\0" + bytes(out))

        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
        body = zlib.compress(b"".join(rows), 6)
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b""))

    def find(self, colour, left=0, top=0, right=WIDTH, bottom=HEIGHT, run=12):
        """The middle of the first run of so many pixels of one colour (as 0xRRGGBB), or None."""
        one = struct.pack("<I", colour)[:3]
        pixels = self.picture()
        for y in range(top, bottom):
            row = pixels[y * self.stride + left * 4:y * self.stride + right * 4]
            at = 0
            while True:
                at = row.find(one, at)
                if at < 0:
                    break
                if at % 4 == 0 and all(row[at + n * 4:at + n * 4 + 3] == one for n in range(run)):
                    return left + at // 4 + run // 2, y
                at += 1
        return None

    def close(self):
        """Ends the window manager and the server, which this tour began."""
        for process in (self.manager, self.server):
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


class App:
    """The program in its window, with a data folder of its own."""

    def __init__(self, display, binary, *args, data=None, dialogs=True):
        self.display, self.binary = display, binary
        self.data = Path(data or tempfile.mkdtemp(prefix="data-", dir=display.folder))
        # Without a program for file dialogs a path is typed, whatever is installed here.
        without = {} if dialogs else {"PATH": ""}
        env = {**display.env, **without, "XDG_DATA_HOME": str(self.data), "HOME": str(self.data)}
        self.log = open(self.data / "log.txt", "ab")
        self.process = subprocess.Popen([str(binary), "--renderer", "glow", *map(str, args)], env=env,
                                        stdout=self.log, stderr=self.log, cwd=self.data)
        self.window = until("the window", self._window, 40)
        until("something to be drawn", lambda: display.find(0xFFFFFF, run=80), 40)
        self.settle(calm=0.4)

    def _window(self):
        if self.process.poll() is not None:
            said = (self.data / "log.txt").read_text()[-300:]
            raise Fail(f"the program ended with {self.process.returncode}: {said}")
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                               env=self.display.env, capture_output=True, text=True).stdout.split()
        return found[-1] if found else None

    def xdo(self, *args):
        """Keys and pointer."""
        subprocess.run(["xdotool", *map(str, args)], env=self.display.env, check=True, capture_output=True)

    def _work(self):
        """What program, window manager and server have done so far, and whether one of them is at it."""
        ticks, busy = [], False
        for process in (self.process, self.display.server, self.display.manager):
            for stat in Path(f"/proc/{process.pid}/task").glob("*/stat"):
                try:
                    fields = stat.read_text().rsplit(")", 1)[1].split()
                except (OSError, IndexError):
                    continue
                busy |= fields[0] in "RD"
                ticks.append((stat.parent.name, fields[11], fields[12]))
        return ticks, busy

    def settle(self, calm=0.16, seconds=30.0):
        """Waits until nobody has anything to do and the picture stays as it is, however slow the computer."""
        end, since, last = time.monotonic() + seconds, time.monotonic(), None
        while time.monotonic() < end:
            time.sleep(0.03)
            ticks, busy = self._work()
            now = (ticks, self.display.sum())
            if busy or now != last:
                since, last = time.monotonic(), now
            elif time.monotonic() > since + calm:
                return
        raise Fail(f"the window does not come to rest in {seconds:.0f} s")

    def keys(self, *keys):
        """Presses keys one after the other, such as ctrl+s or Return, and waits after each."""
        for key in keys:
            self.xdo("key", key)
            self.settle()

    def type(self, text):
        """Types into whatever has the keyboard."""
        self.xdo("type", "--delay", "25", text)
        self.settle()

    def fill(self, text):
        """Types over all of a field."""
        self.xdo("key", "ctrl+a")
        self.type(text)

    def click(self, x, y, button=1):
        """Clicks there."""
        self.xdo("mousemove", x, y)
        self.settle()
        self.xdo("click", button)
        self.settle()

    def command(self, *names):
        """Runs a command by its name with Ctrl+K; by the first of these names that is known."""
        self.keys("ctrl+k")
        for name in names:
            self.fill(name)
            before = self.display.sum()
            self.keys("Return")
            if self.display.sum() != before:
                return
        raise Fail(f"no command is called {' or '.join(names)}")

    def clipboard(self, text):
        """Puts a text on the clipboard."""
        subprocess.run(["xclip", "-selection", "clipboard"], env=self.display.env, input=text.encode(), check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def save(self, path):
        """Ctrl+S, until the file has been written anew and reads as whole."""
        before = path.stat().st_mtime_ns if path.exists() else 0
        self.xdo("key", "ctrl+s")
        until(f"{path.name} to be written", lambda: path.exists() and path.stat().st_mtime_ns != before)
        self.settle()
        return Rota(self.binary, path)

    def is_running(self):
        """Whether the program has not ended."""
        return self.process.poll() is None

    def end(self, how=signal.SIGKILL):
        """Ends the program, as a dying computer would."""
        if self.is_running():
            self.process.send_signal(how)
            self.process.wait(10)
        self.log.close()


class Rota:
    """A saved file, and what the command line says of it."""

    def __init__(self, binary, path):
        self.text = path.read_text()
        done = subprocess.run([str(binary), "check", str(path), "--json"], capture_output=True, text=True)
        self.exit = done.returncode
        if done.returncode == 2:
            raise Fail(f"check cannot read {path.name}: {done.stderr.strip()}")
        self.json = json.loads(done.stdout)
        if self.json["sealed"] is False:
            raise Fail("the saved file has a wrong seal")
        self.verdict = self.json["verdict"]

    def part(self, name):
        """The text of one list of the rota."""
        found = re.search(rf"\n        {name}: \[(.*?)\n        \],", self.text, re.S)
        return found.group(1) if found else ""

    def records(self, name):
        """The records of one list, each as text."""
        return re.split(r"\n            (?=\(id:)", self.part(name))[1:]

    def statuses(self):
        """How many assignments have each status."""
        found = re.findall(r"status: (\w+)", self.part("assignments"))
        return {status: found.count(status) for status in ("Proposed", "Asked", "Agreed", "Declined")}

    def assignments(self, **fields):
        """Assignments that have these fields, as dicts."""
        rows = [dict(re.findall(r'(\w+): "?([^",)]*)"?', row)) for row in self.records("assignments")]
        return [row for row in rows if all(row.get(key) == value for key, value in fields.items())]
