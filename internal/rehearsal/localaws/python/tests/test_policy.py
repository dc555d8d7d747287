"""The policy language, as AWS documents it
(https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html)."""

import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

import policy


def statement(effect="Allow", **elements):
    return {"Effect": effect, "Action": "s3:GetObject", "Resource": "*", **elements}


class Elements(unittest.TestCase):
    def test_actions_and_resources(self):
        table = [  # what differs from an Allow of s3:GetObject on *, whether it applies to s3:GetObject on arn:aws:s3:::b/k
            ({}, True),
            ({"Action": "s3:*"}, True),
            ({"Action": "S3:getobject"}, True),  # Actions have no case.
            ({"Action": ["s3:PutObject", "s3:Get*"]}, True),
            ({"Action": "s3:GetObjectVersion"}, False),
            ({"Resource": "arn:aws:s3:::b/*"}, True),
            ({"Resource": "arn:aws:s3:::B/*"}, False),  # Resources have.
            ({"Resource": "arn:aws:s3:::?/?"}, True),
            ({"Resource": "arn:aws:s3:::b"}, False),
            ({"Resource": "arn:aws:s3:::b/k.*"}, False),  # A dot is a dot.
        ]
        for elements, expected in table:
            with self.subTest(elements):
                got = policy.applies(statement(**elements), "s3:GetObject", "arn:aws:s3:::b/k", {})
                self.assertEqual(expected, got)

    def test_negated_elements(self):
        others = {"Effect": "Allow", "NotAction": "s3:Put*", "NotResource": "arn:aws:s3:::secret/*"}
        self.assertTrue(policy.applies(others, "s3:GetObject", "arn:aws:s3:::b/k", {}))
        self.assertFalse(policy.applies(others, "s3:PutObject", "arn:aws:s3:::b/k", {}))
        self.assertFalse(policy.applies(others, "s3:GetObject", "arn:aws:s3:::secret/k", {}))


class Decisions(unittest.TestCase):
    def test_deny_wins(self):
        allow, deny, other = statement(), statement("Deny"), statement("Deny", Action="s3:PutObject")
        table = [([], None), ([allow], "Allow"), ([allow, deny], "Deny"), ([deny, allow], "Deny"), ([allow, other], "Allow")]
        for statements, expected in table:
            with self.subTest(statements):
                self.assertEqual(expected, policy.decide(statements, "s3:GetObject", "r", {}))


class Conditions(unittest.TestCase):
    def test_operators(self):
        arn = "arn:aws:ecs:eu-west-1:1:cluster/main"
        table = [  # operator, wanted, actual (None: the key is absent), whether it holds
            ("StringEquals", "a", "a", True),
            ("StringEquals", ["b", "a"], "a", True),
            ("StringEquals", "a", "A", False),
            ("StringEquals", "a", None, False),
            ("StringEqualsIgnoreCase", "a", "A", True),
            ("StringEqualsIfExists", "a", None, True),
            ("StringEqualsIfExists", "a", "b", False),
            ("StringLike", "a*", "abc", True),
            ("StringLike", "a?", "abc", False),
            ("StringNotEquals", "a", "b", True),
            ("StringNotEquals", ["a", "b"], "b", False),
            ("StringNotEquals", "a", None, True),
            ("StringNotLike", "a*", "abc", False),
            ("ArnEquals", arn, arn, True),
            ("ArnLike", "arn:aws:ecs:*:1:cluster/*", arn, True),
            ("ArnLike", "arn:*:cluster/main", arn, False),  # A * stays within its part.
            ("ArnNotLike", "arn:aws:ecs:*:1:cluster/*", arn, False),
            ("Bool", "false", "true", False),
            ("Bool", True, "true", True),
            ("BoolIfExists", "true", None, True),
            ("Null", "true", None, True),
            ("Null", "false", None, False),
            ("NumericLessThan", "10", "9", True),
            ("ForAllValues:StringEquals", ["a", "b"], ["a", "b"], True),
            ("ForAllValues:StringEquals", ["a", "b"], ["a", "c"], False),
            ("ForAllValues:StringEquals", ["a"], None, True),
            ("ForAnyValue:StringEquals", ["a", "b"], ["c", "b"], True),
            ("ForAnyValue:StringEquals", ["a"], None, False),
            ("ForAnyValue:StringNotEquals", ["a"], ["a", "b"], True),
        ]
        for operator, wanted, actual, expected in table:
            with self.subTest((operator, wanted, actual)):
                context = {} if actual is None else {"aws:key": actual}
                self.assertEqual(expected, policy.conditions_hold({operator: {"aws:Key": wanted}}, context))

    def test_all_must_hold(self):
        both = {"StringEquals": {"a": "1", "b": "2"}, "Null": {"c": "true"}}
        self.assertTrue(policy.conditions_hold(both, {"a": "1", "b": "2"}))
        self.assertFalse(policy.conditions_hold(both, {"a": "1", "b": "3"}))
        self.assertFalse(policy.conditions_hold(both, {"a": "1", "b": "2", "c": "3"}))

    def test_unknown_operators_are_not_ignored(self):
        with self.assertRaisesRegex(ValueError, "DateLessThan"):
            policy.conditions_hold({"DateLessThan": {"aws:CurrentTime": "2030-01-01"}}, {"aws:currenttime": "2026-01-01"})


if __name__ == "__main__":
    unittest.main()
