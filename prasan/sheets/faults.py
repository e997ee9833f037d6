"""What can be wrong with a file, each as one sentence a person can act on."""

from typing import Final

from prasan.kernel.sentence import Sentence

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # the file as a whole
    "file.empty": (
        "ไฟล์นี้ไม่มีข้อมูล กรุณาเลือกไฟล์ที่มีแถวหัวตารางและข้อมูล",
        "This file is empty. Please choose one that has a heading row and data.",
    ),
    "file.too_large": (
        "ไฟล์มีขนาด {size} MB ใหญ่กว่าที่รับได้ {limit} MB กรุณาแบ่งเป็นหลายไฟล์แล้วส่งใหม่",
        "The file is {size} MB; at most {limit} MB can be read. Please split it and try again.",
    ),
    "file.expands_too_much": (
        "ไฟล์บีบอัดนี้ขยายออกแล้วใหญ่ผิดปกติ จึงไม่เปิดอ่านเพื่อความปลอดภัย กรุณาบันทึกไฟล์ใหม่จากต้นฉบับ",
        "This compressed file grows beyond all measure when unpacked, so it was not opened. "
        "Please save it anew from the original.",
    ),
    "file.broken": (
        "ไฟล์ไม่สมบูรณ์หรือเสียหาย กรุณาเปิดไฟล์ต้นฉบับ บันทึกใหม่ แล้วส่งอีกครั้ง",
        "The file is damaged or incomplete. Please open the original, save it again and send it once more.",
    ),
    "file.old_excel": (
        "ไฟล์นี้เป็น Excel รุ่นเก่า (.xls) กรุณาเปิดใน Excel แล้วบันทึกเป็น .xlsx หรือ CSV",
        "This is an old Excel file (.xls). Please open it in Excel and save it as .xlsx or CSV.",
    ),
    "file.password": (
        "ไฟล์นี้ตั้งรหัสผ่านไว้จึงอ่านไม่ได้ กรุณาบันทึกใหม่โดยไม่ตั้งรหัสผ่าน",
        "This file is locked with a password. Please save it again without one.",
    ),
    "file.open_document": (
        "ไฟล์นี้เป็น OpenDocument (.ods) กรุณาบันทึกเป็น .xlsx หรือ CSV",
        "This is an OpenDocument file (.ods). Please save it as .xlsx or CSV.",
    ),
    "file.binary_excel": (
        "ไฟล์นี้เป็น Excel แบบไบนารี (.xlsb) กรุณาบันทึกเป็น .xlsx หรือ CSV",
        "This is a binary Excel file (.xlsb). Please save it as .xlsx or CSV.",
    ),
    "file.word": (
        "ไฟล์นี้เป็นเอกสาร Word ไม่ใช่ตาราง กรุณาส่งไฟล์ .xlsx หรือ CSV",
        "This is a Word document, not a spreadsheet. Please send an .xlsx or CSV file.",
    ),
    "file.slides": (
        "ไฟล์นี้เป็นงานนำเสนอ ไม่ใช่ตาราง กรุณาส่งไฟล์ .xlsx หรือ CSV",
        "This is a presentation, not a spreadsheet. Please send an .xlsx or CSV file.",
    ),
    "file.archive": (
        "ไฟล์นี้เป็นไฟล์บีบอัดที่ไม่ใช่ Excel กรุณาแตกไฟล์ก่อน แล้วส่งไฟล์ .xlsx หรือ CSV ที่อยู่ข้างใน",
        "This is an archive, not an Excel file. Please unpack it and send the .xlsx or CSV file inside.",
    ),
    "file.pdf": (
        "ไฟล์นี้เป็น PDF ไม่ใช่ตาราง กรุณาส่งไฟล์ .xlsx หรือ CSV",
        "This is a PDF, not a spreadsheet. Please send an .xlsx or CSV file.",
    ),
    "file.image": (
        "ไฟล์นี้เป็นรูปภาพ ไม่ใช่ตาราง กรุณาส่งไฟล์ .xlsx หรือ CSV",
        "This is a picture, not a spreadsheet. Please send an .xlsx or CSV file.",
    ),
    "file.markup": (
        "ไฟล์นี้เป็นหน้าเว็บหรือ XML แม้ชื่อไฟล์จะเป็นชื่ออื่น กรุณาเปิดใน Excel แล้วบันทึกเป็น .xlsx หรือ CSV",
        "This is a web page or XML, whatever its name says. "
        "Please open it in Excel and save it as .xlsx or CSV.",
    ),
    "file.too_many_parts": (
        "ไฟล์ Excel นี้มีส่วนย่อยมากเกินกว่าที่จะเปิดได้อย่างปลอดภัย กรุณาคัดลอกตารางไปยังไฟล์ใหม่",
        "This Excel file holds more parts than can safely be opened. Please copy the table into a new file.",
    ),
    "file.forbidden_markup": (
        "ไฟล์ Excel นี้มีคำสั่งภายในที่ไม่ปลอดภัย จึงไม่เปิดอ่าน กรุณาคัดลอกตารางไปยังไฟล์ใหม่",
        "This Excel file carries unsafe instructions inside, so it was not opened. "
        "Please copy the table into a new file.",
    ),
    "file.unreadable_text": (
        "{place}อ่านเป็นตัวอักษรไม่ได้ ไม่ใช่ทั้ง UTF-8 และ TIS-620 กรุณาบันทึกเป็น CSV UTF-8 แล้วส่งใหม่",
        "{place}the bytes are neither UTF-8 nor TIS-620 text. Please save the file as CSV UTF-8.",
    ),
    "file.broken_utf8": (
        "{place}มีอักษร UTF-8 ที่เสียหาย กรุณาแก้ตรงตำแหน่งนั้น หรือบันทึกเป็น CSV UTF-8 ใหม่",
        "{place}a UTF-8 character is broken. Please mend it there, or save the file as CSV UTF-8 again.",
    ),
    "file.nul": (
        "{place}มีอักขระว่าง (NUL) ซึ่งไม่มีในแฟ้มข้อความ กรุณาบันทึกเป็น CSV UTF-8 ใหม่",
        "{place}there is a NUL character, which no text file has. Please save it as CSV UTF-8 again.",
    ),
    # the table
    "sheet.not_found": (
        "ไม่พบแผ่นงานชื่อ “{name}” ในไฟล์นี้ มีแผ่นงาน: {sheets}",
        "There is no sheet “{name}” in this file. It has: {sheets}.",
    ),
    "sheet.none": (
        "ไม่พบแผ่นงานที่มีข้อมูล (ไม่นับแผ่นงานที่ซ่อนไว้) กรุณาตรวจไฟล์แล้วส่งใหม่",
        "No sheet with data was found (hidden sheets are not read). Please check the file.",
    ),
    "sheet.too_many_rows": (
        "ตารางมีมากกว่า {limit} แถว กรุณาแบ่งเป็นหลายไฟล์แล้วส่งใหม่",
        "The table has more than {limit} rows. Please split the file and try again.",
    ),
    "sheet.too_many_columns": (
        "{place}มีข้อมูลเกิน {limit} คอลัมน์ กรุณาลบคอลัมน์ที่ไม่ใช้แล้วบันทึกใหม่",
        "{place}there are more than {limit} columns. Please delete unused ones and save again.",
    ),
    "line.too_long": (
        "{place}ยาวเกิน {limit} ตัวอักษร อาจมีเครื่องหมายคำพูดที่ไม่ได้ปิด กรุณาตรวจแล้วส่งใหม่",
        "{place}the line is longer than {limit} characters; a quotation mark may be left open.",
    ),
    "line.quotes": (
        "{place}เครื่องหมายคำพูดไม่ครบคู่ กรุณาแก้ให้ถูกต้องแล้วส่งใหม่",
        "{place}quotation marks do not match. Please mend them and try again.",
    ),
    # one row or cell
    "row.too_few": (
        "{place}มี {found} ช่อง แต่หัวตารางมี {wanted} ช่อง กรุณาตรวจเครื่องหมายคั่น",
        "{place}there are {found} cells where the heading has {wanted}. Please check the separators.",
    ),
    "row.too_many": (
        "{place}มีข้อมูลเกินหัวตาราง (พบถึงช่องที่ {found} แต่หัวตารางมี {wanted} ช่อง) กรุณาตรวจแถวนี้",
        "{place}there is data up to cell {found} where the heading has {wanted}. Please check this row.",
    ),
    "cell.too_long": (
        "{place}ข้อความยาวเกิน {limit} ตัวอักษร กรุณาย่อให้สั้นลง",
        "{place}the text is longer than {limit} characters. Please shorten it.",
    ),
    "cell.error": (
        "{place}สูตรใน Excel ให้ผลผิดพลาด ({value}) กรุณาแก้สูตรหรือพิมพ์ค่าแทน",
        "{place}the Excel formula ends in an error ({value}). Please mend it or type the value.",
    ),
    "cell.formula": (
        "{place}เป็นสูตรที่ยังไม่มีผลลัพธ์บันทึกไว้ กรุณาเปิดใน Excel แล้วบันทึกใหม่",
        "{place}the formula has no stored result. Please open the file in Excel and save it again.",
    ),
    "cell.missing": (
        "{place}ต้องมีค่า กรุณากรอกให้ครบ",
        "{place}a value is needed. Please fill it in.",
    ),
    "cell.value": ("{place}{reason_th}", "{place}{reason_en}"),
    # the columns
    "columns.missing": (
        "ไม่พบคอลัมน์ “{name_th}” กรุณาเพิ่มคอลัมน์นี้หรือแก้ชื่อหัวตาราง",
        "The column “{name_en}” was not found. Please add it or correct the heading.",
    ),
    "columns.ambiguous": (
        "มีหลายคอลัมน์ที่อาจเป็น “{name_th}”: {headers} กรุณาเหลือไว้เพียงคอลัมน์เดียว",
        "Several columns could be “{name_en}”: {headers}. Please keep only one.",
    ),
}


class SheetFault(Exception):
    """One thing wrong with a file, said in one sentence of each language.

    `line` is the number a person sees beside the line in the file, `column` the heading of the cell
    or, where the text itself is broken, the number of the character in the line.
    """

    def __init__(
        self, code: str, *, line: int | None = None, column: str | None = None, **words: object
    ) -> None:
        self.code = code
        self.line = line
        self.column = column
        thai, english = SENTENCES[code]
        at_thai, at_english = _place(line, column)
        self.sentence = Sentence(
            thai.format(place=at_thai, **words), _capital(english.format(place=at_english, **words))
        )
        super().__init__(self.sentence.en)


def _place(line: int | None, column: str | None) -> tuple[str, str]:
    if line is None:
        return "", ""
    if column is None:
        return f"บรรทัดที่ {line}: ", f"Line {line}: "
    if column.isdecimal():
        return f"บรรทัดที่ {line} ตัวที่ {column}: ", f"Line {line}, character {column}: "
    return f"บรรทัดที่ {line} คอลัมน์ “{column}”: ", f"Line {line}, column “{column}”: "


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
