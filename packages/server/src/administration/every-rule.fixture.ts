/** What the example of the specification does not show: every form of a condition, of a limit, of a bubble. */
export const RULES = `
queues:
  - { name: Overflowing, operatingHours: Office hours, overflow: { outsideHours: { action: transfer, queue: Guests }, length: { above: 5, action: end }, waitingTime: { above: 60, action: transfer, queue: Guests } } }
workstreams:
  - name: Every rule
    contextVariables: [{ name: word }, { name: sum, type: number }]
    classification:
      - name: First
        rules: [{ when: { not: { authenticated: true } }, set: [{ variable: word, value: new }], priority: 3 }]
    routeToQueue:
      - { when: { any: [{ identity: [verified, lapsed] }, { method: signed-token }] }, queue: Guests }
      - { when: { setting: Shop sign-in }, queue: Guests }
      - { when: { deployment: shop.example }, queue: Guests }
      - { when: { locale: de }, queue: Guests }
      - { when: { hours: Office hours, open: false }, queue: Guests }
      - { when: { contact: email, hasValue: true }, queue: Guests }
      - { when: { variable: sum, between: [1, 5], signed: true }, allocate: [{ queue: Guests, percent: 40 }, { queue: Signed-in customers, percent: 60 }] }
    fallbackQueue: Overflowing
    wrapUp: 30
    keepSameAgent: true
    automatedMessages: [{ on: queued, text: "You are number {Position}" }]
quickReplies:
  - { title: Only here, workstreams: [Every rule], text: Here }
messengerConfigurations:
  - name: Asks much
    preChatSurvey:
      questions:
        - { name: Topic, text: What about?, type: options, options: [Order, Return] }
        - { name: Terms, text: I agree, type: consent, required: true, link: https://shop.example/terms }
    rating: { enabled: true, text: How was it? }
deployments:
  - { name: Second, configuration: Asks much, workstream: Every rule, operatingHours: Office hours, status: Inactive }
richMessages:
  - { name: Choose, type: quick-reply, summaryText: Chosen, items: [{ identifier: a, title: A }, { identifier: b, title: B }] }
  - { name: List, type: list-picker, receivedMessage: Choose, replyMessage: Chosen, sections: [{ title: All, items: [{ identifier: a, title: A, subtitle: first }, { identifier: b, title: B }] }] }
  - { name: Time, type: time-picker, receivedMessage: Choose, replyMessage: Chosen, title: Fitting, timezoneOffset: 60, timeslots: [{ identifier: a, startTime: "2027-03-02T17:00Z", duration: 1800 }] }
  - { name: Link, type: rich-link, url: https://shop.example/boots, title: Boots }
`;
