#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""What the verdict on a soak calls flat, and which errors a user may see; and that the chart of it is whole."""
import pathlib
import random
import sys
import unittest
import xml.etree.ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import chart
import soak_verdict as verdict

WARM_UP = 60


def samples(memory, seconds=1800, restarts=()):
    """Rows of one daemon, one each five seconds.

    memory    of (seconds since the beginning, since the last start)
    restarts  when it was killed
    """
    rows = []
    for at in range(0, seconds, 5):
        begins = [0] + [one for one in restarts if one <= at]
        rows.append({"seconds": str(at), "service": "intake", "pid": str(100 + len(begins)),
                     "pss_mb": str(memory(at, at - begins[-1])), "descriptors": "50"})
    return rows


def is_flat(rows, column="pss_mb"):
    middle, leaked, grown = verdict.growth(rows, column, WARM_UP)
    return all(verdict.is_flat(column, middle, one) for one in (leaked, grown))


class Flat(unittest.TestCase):
    def test_noise_is_flat(self):
        noise = random.Random(1)
        self.assertTrue(is_flat(samples(lambda at, _: 100 + noise.uniform(-20, 20))))

    def test_a_few_high_samples_are_flat(self):
        self.assertTrue(is_flat(samples(lambda at, _: 400 if at % 300 == 0 else 100)))

    def test_what_fills_after_each_start_is_flat(self):
        rows = samples(lambda _, since: 60 + min(since, WARM_UP), restarts=(400, 900, 1400))
        self.assertTrue(is_flat(rows))

    def test_a_steady_growth_is_not(self):
        self.assertFalse(is_flat(samples(lambda at, _: 100 + at * 0.03)))

    def test_growth_in_noise_is_not(self):
        noise = random.Random(2)
        self.assertFalse(is_flat(samples(lambda at, _: 100 + at * 0.03 + noise.uniform(-15, 15))))

    def test_a_leak_that_restarts_hide_is_not(self):
        rows = samples(lambda _, since: 100 + since * 0.05, restarts=(600, 1200))
        self.assertFalse(is_flat(rows))

    def test_buffers_that_fill_and_empty_are_flat(self):
        self.assertTrue(is_flat(samples(lambda at, _: 60 + at % 400 / 13)))

    def test_lives_too_short_to_judge_say_nothing_of_leaks(self):
        rows = samples(lambda _, since: 60 + since / 10, restarts=range(150, 1800, 150))
        self.assertIsNone(verdict.growth(rows, "pss_mb", WARM_UP)[1])

    def test_growth_over_restarts_is_not(self):
        rows = samples(lambda at, since: 100 + at // 300 * 12, restarts=range(300, 1800, 300))
        self.assertFalse(is_flat(rows))

    def test_descriptors_have_a_limit_of_their_own(self):
        rows = samples(lambda at, since: 0)
        for row in rows:
            row["descriptors"] = str(50 + int(row["seconds"]) // 100)
        self.assertFalse(is_flat(rows, "descriptors"))

    def test_too_few_samples_say_nothing(self):
        self.assertIsNone(verdict.growth(samples(lambda at, _: 100, seconds=80), "pss_mb", WARM_UP))


class Errors(unittest.TestCase):
    KILLS = [{"killed_ms": "100000", "ready_ms": "102000", "service": "intake"}]

    def wrong(self, code, due, ended):
        error = {"due_ms": str(due), "ended_ms": str(ended), "code": code, "asked": "submit"}
        return bool(verdict.wrong_errors([error], self.KILLS))

    def test_unavailable_during_a_kill_may_be(self):
        self.assertFalse(self.wrong("unavailable", 99000, 101000))
        self.assertFalse(self.wrong("unavailable/disk_low", 103000, 104000))

    def test_unavailable_at_another_time_may_not(self):
        self.assertTrue(self.wrong("unavailable", 50000, 51000))
        self.assertTrue(self.wrong("unavailable", 150000, 151000))

    def test_any_other_error_may_not(self):
        for code in ("no_answer", "busy/too_many_requests", "none", "denied/role"):
            self.assertTrue(self.wrong(code, 99000, 101000), code)


class Chart(unittest.TestCase):
    def test_is_whole_and_has_a_line_for_each_daemon(self):
        rows = samples(lambda at, _: 100, restarts=(300,))
        for row in rows:
            row["disk_mb"] = "20"
        text = chart.chart(rows + [dict(row, service="audit") for row in rows], [])
        root = xml.etree.ElementTree.fromstring(text)
        lines = root.findall("{http://www.w3.org/2000/svg}polyline")
        self.assertEqual(len(lines), 2 * 3)
        self.assertIn("(2 times)", text)

    def test_divides_an_axis_into_round_steps(self):
        self.assertEqual([chart.tick_step(most) for most in (0.9, 4, 30, 170, 1000)], [0.2, 1, 10, 50, 200])


if __name__ == "__main__":
    unittest.main()
