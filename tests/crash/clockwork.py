"""A world in one thread: greenlets for threads, a heap for time, in whole microseconds."""

import heapq
from itertools import count

from greenlet import getcurrent, greenlet

SECOND = 1_000_000
WEEK = 7 * 24 * 3600 * SECOND


class Killed(BaseException):
    """The process is dead: nothing of it runs any more."""


class Clockwork:
    """Runs what is due, in order; equal times in the order of their asking, so that a run repeats exactly."""

    def __init__(self):
        self.time = 0
        self._heap, self._tick, self._hub = [], count(), getcurrent()
        self._waiting = {}

    def at(self, time, act):
        heapq.heappush(self._heap, (max(time, self.time), next(self._tick), act))

    def spawn(self, life, at):
        self.at(at, greenlet(life, parent=self._hub).switch)

    def sleep(self, length):
        """Let time pass for the greenlet that calls; whatever else is due meanwhile happens first."""
        wake = self.time + length
        if self._heap and self._heap[0][0] <= wake:
            self.at(wake, getcurrent().switch)
            self._hub.switch()
        else:
            self.time = wake

    def wait(self, until):
        """Sleep until then (None: for ever) or until somebody calls `poke`."""
        me, token = getcurrent(), next(self._tick)
        self._waiting[token] = me
        if until is not None:
            self.at(until, lambda: self._wake(token))
        self._hub.switch()

    def poke(self):
        """Wake everyone who waits."""
        for token in list(self._waiting):
            self.at(self.time, lambda token=token: self._wake(token))

    def run(self):
        """Until nothing is left to happen."""
        while self._heap and self.time < WEEK:
            time, _, act = heapq.heappop(self._heap)
            self.time = max(self.time, time)
            act()

    def end(self):
        """Let go of everyone who still waits."""
        for sleeper in self._waiting.values():
            sleeper.throw(Killed)
        self._waiting.clear()

    def _wake(self, token):
        sleeper = self._waiting.pop(token, None)
        if sleeper is not None:
            sleeper.switch()
