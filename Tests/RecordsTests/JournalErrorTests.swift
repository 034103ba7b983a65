import CustomDump
import Files
import Glibc
import Records
import Testing

@Suite struct JournalErrorTests {
  @Test(
    arguments: [
      (
        .folderIsNoFolder("/r"), "'/r' is a link or a file, not a folder",
        "move it away, or set KEYUSHER_HOME to another folder than the one of '/r'"
      ),
      (.folderNotOurs("/r"), "the folder '/r' belongs to another user", "set KEYUSHER_HOME to a folder of your own"),
      (
        .folderWritableByOthers("/r", mode: 0o777), "others can write in the folder '/r' (mode 777)", "chmod go-w '/r'"
      ),
      (
        .folderFailed("/r", action: .create, code: EACCES), "can't create the folder '/r': Permission denied",
        "look at 'ls -ld /r' and at the space that is left"
      ),
      (
        .malformedRunID("A"), "'A' can't be the id of a run",
        "an id has small letters, digits and hyphens; 'keyusher runs' lists them"
      ),
      (
        .noSuchRun("7q4m", folder: "/r"), "there is no record '7q4m' in '/r'",
        "'keyusher runs' lists the records that are there"
      ),
      (.runExists("7q4m"), "there is a record '7q4m' already", "another keyusher began it meanwhile; begin again"),
      (
        .inUse("7q4m"), "record '7q4m' is in use by another keyusher",
        "finish or leave it there with :quit, then 'keyusher resume 7q4m'"
      ),
      (
        .notAPlainFile("7q4m"), "record '7q4m' is a link or a device, not a plain file",
        "find out who put it there, and move it out of the folder"
      ),
      (
        .hasOtherNames("7q4m"), "record '7q4m' is a file with a second name (a hard link)",
        "find out who put it there, and move it out of the folder"
      ),
      (
        .fileNotOurs("7q4m"), "record '7q4m' belongs to another user",
        "find out who put it there, and move it out of the folder"
      ),
      (
        .fileWritableByOthers("7q4m", mode: 0o622), "others can write to record '7q4m' (mode 622)",
        "chmod 600 7q4m.jsonl in the folder of records"
      ),
      (
        .failed("7q4m", action: .write, code: ENOSPC), "can't write record '7q4m': No space left on device",
        "make room on the disk; what stood in the record before is unharmed"
      ),
      (
        .failed("7q4m", action: .write, code: EIO), "can't write record '7q4m': Input/output error",
        "what stood in the record before is unharmed; look at the disk and go on with resume"
      ),
      (
        .failed("7q4m", action: .open, code: EACCES), "can't open record '7q4m': Permission denied",
        "look at the permissions of the file and at the disk"
      ),
      (
        .stopped("7q4m"), "record '7q4m' takes nothing more: an earlier write failed half-way",
        "leave, look at the disk, then 'keyusher resume 7q4m'"
      ),
      (.saltMissing("7q4m"), "no random bytes for record '7q4m'", "this is a mistake in keyusher; please report it"),
      (
        .noHeader("7q4m"), "record '7q4m' has no first line that can be read",
        "'keyusher audit 7q4m' says more; a file that a kill left empty can be deleted"
      ),
      (
        .unreadable("7q4m", line: 7), "record '7q4m', line 7 can't be read",
        "'keyusher audit 7q4m' says what is wrong with it"
      ),
      (
        .noFlowText("7q4m", flow: "a/b", .missing("/r/flows/3f.yaml")),
        "record '7q4m' lacks the text of its flow 'a/b': there is no '/r/flows/3f.yaml'",
        "put it back from a copy of that folder; 'keyusher export 7q4m --format record' hands a record over with it"
      ),
      (
        .noFlowText("7q4m", flow: "a/b", .changed("/r/flows/3f.yaml")),
        "record '7q4m' lacks the text of its flow 'a/b': '/r/flows/3f.yaml' is not what its name says",
        "put it back from a copy; where it was moved away, the next run of that very flow writes it anew"
      ),
      (
        .noFlowText("7q4m", flow: "a/b", .unusable("/r/flows", "it is a link")),
        "record '7q4m' lacks the text of its flow 'a/b': '/r/flows' can't be used: it is a link",
        "find out who put it there, and move it out of the folder"
      ),
      (
        .flowTextNotRead(FileError("/r/flows", .open, .system(EIO))),
        "can't open the text of the flow, '/r/flows': Input/output error",
        "look at the permissions of the folder of records and at the disk"
      ),
      (
        .newer("7q4m", line: 1, what: "journal format 2"),
        "record '7q4m', line 1 was made by a newer keyusher: journal format 2 is not known here",
        "use the newer keyusher for it"
      ),
      (
        .noSuchLine("7q4m", line: 9, last: 7), "record '7q4m' has no line 9; its last is 7",
        "'keyusher audit 7q4m' counts its lines"
      ),
      (
        .noFreeText("7q4m", line: 7), "record '7q4m', line 7 holds no free text that could be blanked",
        "only typed texts, notes, reasons, shown sentences, public parts and names of people and hosts can be blanked"
      ),
      (.alreadyBlank("7q4m", line: 7), "record '7q4m', line 7 is blank already", "there is nothing left to do"),
      (
        .wasToBeBlankedOtherwise("7q4m", line: 7), "record '7q4m', line 7 has changed since it was to be blanked",
        "'keyusher audit 7q4m' says whether somebody else changed it"
      ),
    ] as [(JournalError, String, String)])
  func `an error says what happened, where, and what to do`(error: JournalError, words: String, hint: String) {
    expectNoDifference(error.what, words)
    expectNoDifference(error.hint, hint)
  }
}
