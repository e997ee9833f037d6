"""Awards: who may enter, who judges what without conflict, what the scores say, and who won.

What an innovation is, and whether it is one, is said by `innovations`; the mathematics of judging stands in
`judging`; how results are shown beside other figures is a matter of `insight`.
"""
