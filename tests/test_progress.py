"""The estimate of the time left weighs steps by what they cost, keeps quiet at first and does not repeat itself."""

import logging

import pytest

from pipeline.progress import Remaining


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def said():
    return []


@pytest.fixture
def follow(clock, said):
    """Return a function that plays Snakemake's messages of one step that ends at a moment."""
    handler = Remaining({"measures": 500, "clusters": 30_000}, said.append, clock)
    numbers = iter(range(100))

    def message(**facts):
        handler.handle(logging.makeLogRecord({"levelno": logging.INFO, **facts}))

    def finish(rule, at):
        number = next(numbers)
        message(event="job_info", jobid=number, rule_name=rule)
        clock.now = at
        message(event="job_finished", job_id=number)
        message(event="progress", done=number + 1, total=61)

    message(event="run_info", stats={"measures": 60, "clusters": 1, "all": 1, "total": 62})
    return finish


def test_a_table_over_the_corpus_weighs_more_than_a_batch(follow, said):
    for number in range(1, 31):
        follow("measures", at=number * 11.0)
    # Half of 60 batches of 11 s are done in 330 s; left are the other half and, as slowly, the 64 s of clusters.
    assert said[-1] == "About 9 minutes left."


def test_nothing_is_said_at_first_nor_at_every_step(follow, said):
    follow("measures", at=5.0)
    assert said == []
    follow("measures", at=16.0)
    follow("measures", at=17.0)
    assert len(said) == 1


def test_nothing_is_said_when_all_is_done(follow, said):
    for number in range(60):
        follow("measures", at=number / 10)
    follow("clusters", at=600.0)
    assert said == []


def test_messages_that_are_not_about_steps_are_passed_over(clock, said):
    Remaining({}, said.append, clock).handle(logging.makeLogRecord({"levelno": logging.INFO, "msg": "hello"}))
    assert said == []
