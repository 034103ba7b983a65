extension ExchangeScaffold {
  /// A pack with every key there is: those that are needed filled in without claiming anything, the others as comments.
  static func pack(id: String, title: String, today: String) -> String {
    let host = "www.\(id).example"
    let source = "{from: no source yet, date: \(today)}"
    return """
      # \(title): what its pages and its keys are like. Nothing of it is filled in yet: go from top to bottom, and say only what
      # you have a source for. What no source says is worded so, or left out: what is optional stands here behind '#?'.
      # flows/README.md of Keyusher says of each key where it is read.
      format: 1
      # The name of this folder.
      pack: \(id)
      # The full name, as in "your \(title) account", and the one used where a sentence must be short.
      title: \(title)
      short: \(title)
      # The only hosts that an address in this pack or its flows may lead to: the exchange's own, no others.
      hosts: [\(host)]
      #? several: A sentence on how many keys an account may have.
      # A sentence on how far off a clock may be.
      clock: Nobody has looked up yet how far off a clock may be.
      # How programs are given the key, said when it is made: the names of variables, of fields in files.
      #? hand-over: [A program reads the key from the variable EXCHANGE_API_KEY.]

      login:
        # The address of the login, and the host that the address bar must show.
        url: https://\(host)
        host: \(host)
        say: Open this address in your browser and log in. The address bar must show \(host).
        # What you read, and the day on which you read it. 'seen-live' is a day too, and only there if somebody compared
        # what is said here with the live page.
        source: \(source)
        # Said on :differs, to somebody whose page looks otherwise.
        alternative: What counts is the address bar. If it shows another name than \(host), close the page.
        #? verified: What must be verified before a key can be made, as a sentence.

      # What the page asks for before it makes a key: is it set up?
      security:
        title: 2FA
        say: Nobody has looked up yet whether the page asks for 2FA, a second factor. With it the account is safer.
        prompt: Is 2FA set up?
        # What a yes says on record.
        claimed: 2FA is set up
        help: A second factor is a code that only your own device can show.
        needs: [your 2FA app or whatever your account uses for 2FA]
        source: \(source)
        alternative: Look in the settings, under a name like Security, for 2FA or two-factor authentication.
        # Said after a no, and why it is needed.
        missing: Look in your account's settings, under a name like Security.
        missing-source: \(source)
        why-missing: With 2FA a stolen password alone makes no key.
        # Title and reason of the end, if it can't be set up.
        none: No 2FA
        none-reason: 2FA is not set up

      # Only if a key belongs to one of several accounts. One option must have the id main: Enter takes it.
      # The scripts that make a key then need a line for it: 'account: main'.
      #? accounts:
      #?   say: A key belongs to one account.
      #?   help: More on the accounts, said on a question mark.
      #?   options: [{id: main, title: main account}, {id: sub, title: sub-account}]
      #?   # For a flow sandbox-then-live: where programs reach it, what to do there, and the lines on the form for either key.
      #?   sandbox:
      #?     url: https://\(host)/sandbox
      #?     say: Set the program to the sandbox.
      #?     form: Choose the sandbox.
      #?     live-form: Choose the account.
      #?     source: \(source)

      permission-words:
        # Said above the permissions.
        say: Nobody has filled in yet which permissions \(title) has; these three stand in for them.
        help: The page itself shows what there is. Choose the least that the program needs.

      # One for each box on the form, with its words there. 'risk' is what a thief could do with it: read, trade, borrow,
      # transfer, manage-keys or withdraw. At least one must be withdraw; if no key can do that, its title says so. 'within'
      # is the permission that contains this one, 'note' a sentence said once it is chosen.
      permissions:
        - {id: read, title: Read, risk: read}
        - {id: trade, title: Trade, risk: trade}
        #? - {id: read-orders, title: Read orders, risk: read, within: trade, note: It shows open orders.}
        - {id: withdraw, title: Withdraw, risk: withdraw}

      # What is proposed for each purpose. All six are needed. What may be added without a reason stands behind 'also: ',
      # as in {purpose: spot-bot, permissions: [read, trade], also: [read-orders]}.
      least:
        - {purpose: portfolio-tracker, permissions: [read]}
        - {purpose: spot-bot, permissions: [read, trade]}
        - {purpose: futures-bot, permissions: [read]}
        - {purpose: tax-export, permissions: [read]}
        - {purpose: withdrawals, permissions: [read]}
        - {purpose: other, permissions: [read]}

      # From where a key may be used.
      ip:
        say: An IP list names the internet addresses from which a key is accepted.
        # What a key without one risks.
        without: Without a list anybody who gets the key can use it from anywhere, until it is deleted.
        # What the page may call it, then its field on the form and what to do there.
        called: IP list, IP allowlist or IP whitelist
        field: IP list
        how: For a list, enter its addresses; without one, leave it empty.
        source: \(source)
        #? format: A sentence on what the list takes.
        #? missing: A sentence on what happens to a key without one.
        #? none-note: What is said to whoever chooses no list.
        #? reminders: [{days: 80, text: The key without an IP list ends soon.}]

      # The page that lists the keys. Every later address leads there.
      keys:
        url: https://\(host)/api-keys
        # In "Go to ...".
        called: the page of API keys
        say: Nobody has filled in yet where the page is. Look for API in the settings of your account.
        help: Delete a key that nobody uses before you make another.
        source: \(source)
        alternative: Look in the settings for "API" in the name of an entry, usually under Security or beside it.

      # What the form calls the key's name.
      label:
        called: Name
        say: By its name you will know the key in the list.
        help: "Short and plain is safe: letters, digits, hyphen, underscore, dot."

      # How the page makes sure that it is you. 'kinds', once you know them, are those of app, message and passkey that it takes;
      # 'passkey' is said to whoever chooses a passkey.
      factors:
        say: Nobody has looked up yet how the page makes sure that it is you. Have what you use at hand.
        #? kinds: [app, message, passkey]
        passkey: Nobody has looked up yet whether a passkey is taken at this point. Have another factor ready.

      # The form: what comes before the button that makes the key, and what that is called.
      form:
        before: Do not press the last button yet.
        #? say: More on the form, after the key's name.
        button: the last button
        #? at-hand: what must lie ready besides the second factor
        help: What is not asked on the form is set after the key is made.
        source: \(source)
        alternative: "Look for three things: the name, the permissions, the addresses."

      # Taking the key and its secret.
      take:
        say: Now press the last button. Paste here what the page shows, and leave it open until you read "kept".
        help: Neither the key nor the secret is put on the record.
        alternative: Follow what the page asks until it shows two long values.
        # In "does not look as expected: ...", for parts that have a 'shape'.
        looks: nobody has filled in yet how a key of \(title) looks

      # What the page shows, in its order. A 'shape' lets a key that was cut off be noticed: take one from several keys.
      parts:
        - {name: key, title: API key, secret: false}
        - {name: secret, title: Secret, secret: true}
        #? - {name: passphrase, title: Passphrase, secret: true}

      # Why the page may make no key.
      refused:
        say: Nobody has looked up yet why the page may refuse. Think first of a code that was mistyped or too old.
        help: Wait for a fresh code.
        source: \(source)

      # Deleting a key.
      delete:
        #? say: What else the page asks.
        #? delay: A sentence on how long a deleted key may go on working.
        source: \(source)
        alternative: Near the name of the key, look for Delete, Remove or a bin. If there is only a switch, turn it off.

      # Looking at what the page shows as set.
      shows:
        say: Load the page again, find the key by its name, and look at its permissions.
        #? help: More on what the page calls them.
        #? delay: A sentence on how long a change takes.
        source: \(source)
        alternative: If the list does not show permissions, open the key as if to edit it, and leave without saving.

      # What stands in a program's log when a key is refused, and what that means.
      errors:
        - {id: refused, says: a refusal of the key, means: "The key or its secret may not be whole, or a permission is off."}

      """
  }
}
