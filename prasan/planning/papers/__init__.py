"""Official papers: proposals and plans set as forms จ.1-1 and จ.1, in PDF and XLSX.

The shelf takes rows that were chosen elsewhere and knows no rights; it changes nothing. Layouts follow
public descriptions of the forms and were not checked against the regulation.
"""
