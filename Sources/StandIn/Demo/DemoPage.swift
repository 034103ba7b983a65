/// One page of the demo, in no form yet: a browser gets it as HTML, anything else as plain text.
struct DemoPage {
  enum Block {
    case text(String)
    /// What went wrong with what was sent.
    case problem(String)
    /// A name, and what stands beside it.
    case fact(String, String)
    case link(String, to: String)
    case heading(String)
    case form(Form)
  }

  struct Form {
    /// Below the page's own address.
    var action: String
    var fields: [Field]
    var button: String
  }

  struct Field {
    enum Kind {
      case line
      case code
      /// Any number of these: the value in the form, its title, and whether it is ticked.
      case ticks([(value: String, title: String, isOn: Bool)])
    }

    var name: String
    var title: String
    var hint = ""
    var kind = Kind.line
    /// What stands in it.
    var value = ""
    /// What an example of it is, for whoever types the form as a command.
    var example = ""
  }

  var status = 200
  var title: String
  var blocks: [Block]

  static let banner = "DEMO: play money, on this computer alone"
}
