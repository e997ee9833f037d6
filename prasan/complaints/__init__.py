"""What residents report: every door, one problem behind many reports, and an honest clock until the answer.

The room takes complaints in, sends them to who can help, joins those that tell of one problem, and answers.
It does not plan or fund anything, and does not know how alike two texts are: that is asked of `matching`.
"""
