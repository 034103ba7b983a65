import Battery
import CustomDump
import Foundation
import KeyusherHarness
import Outside
import Testing

/// The key by descriptor and by path: a file in memory that the program can read, and nobody can change.
@Suite(.counted(as: .exec)) struct ExecFileTests {
  @Test(
    "One value stands there alone, with nothing behind it",
    arguments: [
      (["--fd"], "cat <&$KEYUSHER_FD"), (["--fd"], "cat /dev/fd/$KEYUSHER_FD"), (["--file"], "cat $KEYUSHER_FILE"),
      (["--file"], "cat $KEYUSHER_FILE > /dev/null; cat $KEYUSHER_FILE"),
    ])
  func value(options: [String], script: String) throws {
    let ran = try KeyDesk.make().exec("gate-io/bot", options + ["--only", "GATE_API_SECRET"], ["sh", "-c", script])
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.output, Canary.secret)
  }

  @Test(
    "Several stand there as the program reads them from a file",
    arguments: [
      (
        "okx/bot", ["--as", "env"],
        """
        {"keyusher":1,"exchange":"okx","label":"bot","credential":{"key":"\(Canary.key)",\
        "passphrase":"p@ss \\"quoted\\" \\\\phrase","secret":"\(Canary.secret)"}}
        """
      ),
      (
        "okx/bot", ["--as", "ccxt"],
        """
        {"okx":{"apiKey":"\(Canary.key)","password":"p@ss \\"quoted\\" \\\\phrase","secret":"\(Canary.secret)"}}

        """
      ),
      (
        "bybit/number", ["--as", "freqtrade"],
        """
        {"exchange":{"key":"12345e678901234567890123","secret":"\(Canary.secret)","name":"bybit"}}

        """
      ),
      (
        "coinbase/pem", ["--as", "ccxt"],
        """
        {"coinbase":{"apiKey":"\(Canary.key)","secret":"-----BEGIN EC PRIVATE KEY-----\\n\(Canary.secret)\\n\
        -----END EC PRIVATE KEY-----\\n"}}

        """
      ),
      (
        "gate-io/bot", ["--as", "ccxt", "--only", "GATE_SECRET", "--only", "GATE_APIKEY"],
        """
        {"gate":{"apiKey":"\(Canary.key)","secret":"\(Canary.secret)"}}

        """
      ),
    ])
  func whole(name: String, options: [String], content: String) throws {
    let ran = try KeyDesk.make().exec(name, options + ["--file"], ["sh", "-c", "cat $KEYUSHER_FILE"])
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.output, content)
    #expect((try? JSONSerialization.jsonObject(with: Data(ran.output.utf8))) != nil)
  }

  @Test func `A value that no variable can hold goes by descriptor`() throws {
    let ran = try KeyDesk.make().exec(
      "gate-io/zero", ["--fd", "--only", "GATE_API_SECRET"], ["sh", "-c", "od -An -c <&$KEYUSHER_FD"])
    expectNoDifference(ran.output, "   a  \\0   b\n")
  }

  @Test("The environment has the place and not the key", arguments: ["--fd", "--file"])
  func environment(option: String) throws {
    let desk = try KeyDesk.make()
    let plain = try desk.run(["-0"], program: "/usr/bin/env")
    let ran = try desk.exec("gate-io/bot", [option], ["env", "-0"])
    expectNoDifference(Canary.trace(in: Array(ran.output.utf8)), nil)
    let added = Set(ExecTests.environment(ran.output)).subtracting(ExecTests.environment(plain.output))
    let names = added.map { $0.replacing(#/[0-9]+$/#, with: "N") }
    expectNoDifference(
      names.sorted(), ["KEYUSHER_EXEC=gate-io/bot", option == "--fd" ? "KEYUSHER_FD=N" : "KEYUSHER_FILE=/dev/fd/N"])
  }

  @Test func `It can only be read, stands at its beginning, is sealed, and is the only descriptor that is new`() throws
  {
    guard let python = tool("python3") else { return }
    let list = """
      import fcntl, os
      fd = int(os.environ.get('KEYUSHER_FD', -1))
      def is_open(number):
          try:
              return os.fstat(number) and number != fd
          except OSError:
              return False
      print([number for number in sorted(map(int, os.listdir('/proc/self/fd'))) if is_open(number)])

      """
    let probe = """
      print(fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_ACCMODE, os.lseek(fd, 0, os.SEEK_CUR), oct(os.fstat(fd).st_mode & 0o7777))
      print(fcntl.fcntl(fd, 1034) & 15, os.fstat(fd).st_uid == os.getuid(), os.readlink('/proc/self/fd/%d' % fd))
      for attempt in (lambda: os.write(fd, b'x'), lambda: os.ftruncate(fd, 0),
                      lambda: os.write(os.open('/proc/self/fd/%d' % fd, os.O_RDWR), b'x')):
          try:
              attempt()
              print('changed')
          except OSError as error:
              print('refused')

      """
    let desk = try KeyDesk.make()
    let plain = try desk.run(["-c", list], program: python)
    let ran = try desk.exec("gate-io/bot", ["--fd"], [python, "-c", list + probe])
    expectNoDifference(
      ran.output,
      plain.output + """
        0 0 0o400
        15 True /memfd:keyusher (deleted)
        refused
        refused
        refused

        """, "\(ran.errors)")
  }

  @Test func `Nothing of it is ever on a disk`() throws {
    guard let strace = straceOfGuarded() else { return }
    let desk = try KeyDesk.make()
    let log = desk.path + "/strace.log"
    let ran = try desk.run(
      ["-f", "-e", "trace=open,openat,creat,memfd_create", "-o", log, keyusher, "exec", "gate-io/bot", "--file"]
        + ["--passphrase", "env:STORE_WORD", "--", "/bin/true"],
      setting: ["STORE_WORD": KeyDesk.passphrase], program: strace)
    expectNoDifference(ran.status, 0)
    let calls = try desk.text(of: log).split(separator: "\n")
    #expect(calls.contains { $0.contains("memfd_create(\"keyusher\"") })
    expectNoDifference(calls.filter { $0.contains("O_CREAT") && !$0.contains(".lock") }, [])
    for file in try desk.files() { expectNoDifference(Canary.trace(in: try desk.bytes(of: file)), nil, "\(file)") }
  }
}
